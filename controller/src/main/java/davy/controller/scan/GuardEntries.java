package davy.controller.scan;

import davy.bridge.guard.GuardCause;
import davy.bridge.guard.GuardImage;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal is told of the guard: each change of its state, each drop by the guard's own
 * count, so that one between two scans is not missed, and what a person has to mend before it arms.
 */
final class GuardEntries {

  /** Reasons that stand until somebody does something; the others come and go with each answer. */
  private static final Set<GuardCause> LASTING =
      Set.of(
          GuardCause.DIGEST,
          GuardCause.VERSION,
          GuardCause.TRIP_INPUT,
          GuardCause.SUPPLY,
          GuardCause.OUTPUT,
          GuardCause.IMAGE);

  private record Told(GuardState state, String trouble, long drops, GuardCause refusal) {}

  private Optional<Told> told = Optional.empty();

  /** Empty while there is nothing new. */
  Optional<Entry> of(GuardImage image, Tick now) {
    GuardCause refusal = LASTING.contains(image.refusal()) ? image.refusal() : GuardCause.NONE;
    long drops = image.status().map(GuardImage.Status::drops).orElse(0L);
    Optional<Told> latest = Optional.of(new Told(image.state(), image.trouble(), drops, refusal));
    if (latest.equals(told)) {
      return Optional.empty();
    }
    told = latest;
    return Optional.of(new Entry(code(image.state()), now, fields(image)));
  }

  private static EventCode code(GuardState state) {
    return switch (state) {
      case ARMED -> EventCode.GUARD_ARMED;
      case DROPPED -> EventCode.GUARD_DROPPED;
      case LOST -> EventCode.GUARD_SILENT;
    };
  }

  private static Map<String, Object> fields(GuardImage image) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!image.trouble().isEmpty()) {
      fields.put("trouble", image.trouble());
    }
    image
        .status()
        .ifPresent(
            status -> {
              fields.put("lastDrop", status.lastDrop().name());
              fields.put("drops", status.drops());
              fields.put("dropMillis", status.dropMillis());
              fields.put("refusal", image.refusal().name());
              status.supplyMillivolts().ifPresent(supply -> fields.put("supplyMillivolts", supply));
            });
    return fields;
  }
}
