package davy.controller.alarm;

/**
 * The life of one alarm (ISA-18.2, IEC 62682). This is the only transition table:
 *
 * <pre>
 * State                   condition stands        condition gone           acknowledged
 * Normal                  Unacknowledged          .                        refused
 * Unacknowledged          .                       ReturnedUnacknowledged   Acknowledged
 * Acknowledged            .                       Latched or Normal *      refused
 * ReturnedUnacknowledged  Unacknowledged          .                        Latched or Normal *
 * Latched                 Unacknowledged          .                        refused
 * Shelved                 .                       .                        refused
 * SuppressedByDesign      .                       .                        refused
 * OutOfService            .                       .                        refused
 * </pre>
 *
 * <p>* Latched where a person must close the alarm, else Normal; it leaves to Normal by a close
 * only. A graver grade than the occurrence had so far takes Acknowledged back to Unacknowledged.
 * Normal and Acknowledged may be hidden by a person where the plan allows it, SuppressedByDesign is
 * entered from Normal alone. Shelved ends by itself or by a person, OutOfService by a person,
 * SuppressedByDesign with what suppresses; all three then go to Unacknowledged or Normal as the
 * condition stands.
 */
public sealed interface Life {

  record Normal() implements Life {}

  record Unacknowledged() implements Life {}

  record Acknowledged() implements Life {}

  record ReturnedUnacknowledged() implements Life {}

  /** Returned and acknowledged: waits for a person's close. */
  record Latched() implements Life {}

  /**
   * @param leftNanos until it ends by itself, positive
   */
  record Shelved(long leftNanos, String person, String reason) implements Life {}

  /** The point is under an announced calibration. */
  record SuppressedByDesign() implements Life {}

  record OutOfService(String person, String reason) implements Life {}

  Life NORMAL = new Normal();
  Life UNACKNOWLEDGED = new Unacknowledged();
  Life ACKNOWLEDGED = new Acknowledged();
  Life RETURNED_UNACKNOWLEDGED = new ReturnedUnacknowledged();
  Life LATCHED = new Latched();
  Life SUPPRESSED_BY_DESIGN = new SuppressedByDesign();

  /**
   * What a life meets in one step, persons apart.
   *
   * @param active the condition stands, its delays served
   * @param graver its grade is worse than the occurrence had so far
   * @param suppressed its point is under an announced calibration
   * @param closedByPerson as the plan says
   */
  record Moment(
      boolean active,
      boolean graver,
      boolean suppressed,
      boolean closedByPerson,
      long elapsedNanos) {}

  default Life next(Moment now) {
    boolean active = now.active;
    return switch (this) {
      case Normal _, SuppressedByDesign _ -> unhidden(now);
      case Unacknowledged same -> active ? same : RETURNED_UNACKNOWLEDGED;
      case Acknowledged _ when active && now.graver -> UNACKNOWLEDGED;
      case Acknowledged same -> active ? same : settled(now.closedByPerson);
      case ReturnedUnacknowledged same -> active ? UNACKNOWLEDGED : same;
      case Latched same -> active ? UNACKNOWLEDGED : same;
      case Shelved shelved when shelved.leftNanos > now.elapsedNanos ->
          new Shelved(shelved.leftNanos - now.elapsedNanos, shelved.person, shelved.reason);
      case Shelved _ -> unhidden(now);
      case OutOfService same -> same;
    };
  }

  /** By a person who saw it; the same where nothing waits for that. */
  default Life acknowledged(boolean closedByPerson) {
    return switch (this) {
      case Unacknowledged _ -> ACKNOWLEDGED;
      case ReturnedUnacknowledged _ -> settled(closedByPerson);
      case Normal _, Acknowledged _, Latched _, Shelved _, SuppressedByDesign _, OutOfService _ ->
          this;
    };
  }

  private static Life settled(boolean closedByPerson) {
    return closedByPerson ? LATCHED : NORMAL;
  }

  private static Life unhidden(Moment now) {
    if (now.suppressed) {
      return SUPPRESSED_BY_DESIGN;
    }
    return now.active ? UNACKNOWLEDGED : NORMAL;
  }

  /** Whether it still calls for somebody: lamp flashes, sounder sounds. */
  default boolean calls() {
    return this instanceof Unacknowledged || this instanceof ReturnedUnacknowledged;
  }

  /** Whether an occurrence of the alarm is not closed yet. */
  default boolean open() {
    return calls() || this instanceof Acknowledged || this instanceof Latched;
  }
}
