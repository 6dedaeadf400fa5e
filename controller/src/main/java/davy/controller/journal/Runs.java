package davy.controller.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the latest runs of the interlock ended: after three unplanned ends within an hour no zone
 * opens by itself (S22).
 *
 * <p>The hour trusts no wall clock. An end is as old as the monotonic clock says while the machine
 * has not been booted again. Across boots nobody knows how long it was off, so such an end counts
 * until one run has lasted an hour: the error is towards manual release. A loss of power is an
 * unplanned end like any other.
 *
 * @param boot the machine's boot id in which this run began
 * @param ended this run came to its orderly end
 * @param ends unplanned ends, oldest first, at most {@link #MANY}
 */
record Runs(String boot, boolean ended, List<End> ends) {

  /** So many within the hour, and every release is manual. */
  static final int MANY = 3;

  static final long HOUR_NANOS = 3_600_000_000_000L;

  /**
   * @param tick of the start that found it, in nanoseconds of that boot's monotonic clock
   */
  record End(String boot, long tick) {
    private boolean over(String nowBoot, long now) {
      return boot.equals(nowBoot) && !boot.equals(Boot.UNKNOWN) && now - tick > HOUR_NANOS;
    }

    private Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("boot", boot);
      fields.put("tick", tick);
      return fields;
    }
  }

  Runs {
    ends = List.copyOf(ends);
  }

  /**
   * The run that begins now.
   *
   * @param former what is known of the one before; empty for a first run
   */
  static Runs begin(Optional<Runs> former, String boot, long tick) {
    List<End> ends = new ArrayList<>();
    former.ifPresent(
        runs -> {
          runs.ends.stream().filter(end -> !end.over(boot, tick)).forEach(ends::add);
          if (!runs.ended) {
            ends.add(new End(boot, tick));
          }
        });
    return new Runs(boot, false, ends.subList(Math.max(0, ends.size() - MANY), ends.size()));
  }

  boolean tooMany() {
    return ends.size() >= MANY;
  }

  Runs orderlyEnd() {
    return new Runs(boot, true, ends);
  }

  /** After a run of an hour every earlier end is older than that. */
  Runs settled() {
    return ends.isEmpty() ? this : new Runs(boot, ended, List.of());
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("boot", boot);
    fields.put("ended", ended);
    fields.put("ends", ends.stream().map(End::fields).toList());
    return fields;
  }

  /** Empty where it says nothing that can be read. */
  static Optional<Runs> parse(Object value) {
    if (!(value instanceof Map<?, ?> fields)
        || !(fields.get("boot") instanceof String boot)
        || !(fields.get("ended") instanceof Boolean ended)
        || !(fields.get("ends") instanceof List<?> list)) {
      return Optional.empty();
    }
    List<End> ends = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> end
          && end.get("boot") instanceof String when
          && end.get("tick") instanceof Long tick) {
        ends.add(new End(when, tick));
      }
    }
    return Optional.of(new Runs(boot, ended, ends));
  }
}
