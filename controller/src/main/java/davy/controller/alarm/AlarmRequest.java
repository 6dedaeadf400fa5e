package davy.controller.alarm;

/**
 * What a named person may ask of the alarms. None of these touches a permit or a lock: acknowledge
 * and mute are apart from reset. {@code alarm} is an index into the plan.
 */
public sealed interface AlarmRequest {

  long id();

  String person();

  /** Seen: the lamp stops flashing, the sounder stops for this alarm. */
  record Acknowledge(long id, String person, int alarm) implements AlarmRequest {}

  /** Silences the sounder for the plan's time; a new alarm ends it. */
  record Mute(long id, String person) implements AlarmRequest {}

  /** Hides an acknowledged or normal alarm for a time. A restart ends it. */
  record Shelve(long id, String person, int alarm, String reason, long forNanos)
      implements AlarmRequest {}

  record Unshelve(long id, String person, int alarm) implements AlarmRequest {}

  /** Hides an acknowledged or normal alarm until it is put back; outlives a restart. */
  record OutOfService(long id, String person, int alarm, String reason) implements AlarmRequest {}

  record BackInService(long id, String person, int alarm) implements AlarmRequest {}

  /** Closes an alarm that needs a person (against 假消警). */
  record Close(long id, String person, int alarm, String reason, String measure)
      implements AlarmRequest {}

  /**
   * Adds a better reason and measure to an occurrence that is closed; what was written stays.
   *
   * @param occurrence as in {@link AlarmEvent.Closed}
   */
  record Correct(long id, String person, int alarm, long occurrence, String reason, String measure)
      implements AlarmRequest {}

  /**
   * 甲烷超限断电试验: gas comes to this head now, and what it cuts is to be watched (S18). Cuts nothing and
   * releases nothing.
   *
   * @param point an index into the plan
   * @param withinNanos from its limit to a dead feed, at most
   */
  record GasTest(long id, String person, int point, long withinNanos) implements AlarmRequest {}
}
