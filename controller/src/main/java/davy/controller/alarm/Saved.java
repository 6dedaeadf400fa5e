package davy.controller.alarm;

import java.util.List;
import java.util.Optional;

/**
 * What of one alarm outlives a restart. Shelving does not: a restart ends it.
 *
 * @param alarm its name
 * @param occurrence how often it opened so far
 * @param open its last occurrence is not closed; without it the next five are meaningless
 * @param acknowledged somebody saw it
 * @param outOfService who took it out of service and why
 * @param firstOutOf zones, by name, whose first-out it is
 */
public record Saved(
    String alarm,
    long occurrence,
    boolean open,
    boolean active,
    boolean acknowledged,
    Grade worst,
    int peak,
    boolean overRange,
    Optional<Life.OutOfService> outOfService,
    List<String> firstOutOf) {

  public Saved {
    firstOutOf = List.copyOf(firstOutOf);
  }

  static Saved of(String name, AlarmStatus status, List<String> firstOutOf) {
    boolean open = status.life().open();
    return new Saved(
        name,
        status.occurrence(),
        open,
        open && status.active(),
        open && !status.life().calls(),
        status.worst(),
        status.peak(),
        status.overRange(),
        status.life() instanceof Life.OutOfService out ? Optional.of(out) : Optional.empty(),
        firstOutOf);
  }

  /**
   * The life it begins with. An open alarm stays open; one out of service stays so where the plan
   * of today still allows it.
   */
  Life life(boolean shelvable) {
    if (outOfService.isPresent() && shelvable) {
      return outOfService.get();
    }
    if (!open) {
      return Life.NORMAL;
    }
    if (active) {
      return acknowledged ? Life.ACKNOWLEDGED : Life.UNACKNOWLEDGED;
    }
    return acknowledged ? Life.LATCHED : Life.RETURNED_UNACKNOWLEDGED;
  }
}
