package davy.controller.config;

import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Output;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How old a reading may be. What the file does not say is twice the worst gap between two readings,
 * room for two garbled ones in a row; less where the profile's limit leaves less. None of it is
 * judged here.
 */
final class AgeLimits {

  private static final long NANOS = 1_000_000L;
  private static final int STEP_MILLIS = 50;
  private static final int LONGEST_MILLIS = 600_000;

  private final Draft draft;
  private final Latency latency;
  private final Function<DraftOutput, Output> outputs;

  AgeLimits(Draft draft, Latency latency, Function<DraftOutput, Output> outputs) {
    this.draft = draft;
    this.latency = latency;
    this.outputs = outputs;
  }

  /**
   * @param cuts the zones that are cut when the reading is too old
   * @return milliseconds
   */
  int of(ChannelRef source, Optional<Integer> stated, List<DraftZone> cuts) {
    long limit = draft.profile().nanos(ProfileKey.LIMIT);
    long room =
        cuts.stream()
            .mapToLong(zone -> latency.ageLimitRoom(source, route(zone), limit))
            .min()
            .orElse(Long.MAX_VALUE);
    return stated.orElseGet(() -> fitting(source, room));
  }

  /** Of a feed: too old a reading would not show in time that the zone is dead. */
  int ofFeed(ChannelRef source, Optional<Integer> stated, DraftZone zone) {
    long limit = draft.profile().nanos(ProfileKey.FEED_DEAD);
    return stated.orElseGet(() -> fitting(source, limit - latency.offNanos(route(zone))));
  }

  private int fitting(ChannelRef source, long roomNanos) {
    long gaps = 2 * latency.worstGapNanos(source) / NANOS;
    long wanted = Math.min(LONGEST_MILLIS, (gaps / STEP_MILLIS + 1) * STEP_MILLIS);
    long most = Math.max(STEP_MILLIS, roomNanos / NANOS / STEP_MILLIS * STEP_MILLIS);
    return (int) Math.min(wanted, most);
  }

  private Latency.Way route(DraftZone zone) {
    return new Latency.Way(
        outputs.apply(zone.output().orElseThrow()),
        zone.dropOutMillis() * NANOS,
        draft.head().scanMillis() * NANOS);
  }
}
