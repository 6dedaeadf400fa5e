package davy.controller.alarm;

/** What one alarm watches. Points, zones and signals are indices into the plan. */
public sealed interface Condition {

  /**
   * A value at or beyond its alarm level; on the low side where a low amount is the danger.
   *
   * @param alarmAt inclusive, in the integer unit of the point's quantity
   * @param returnInside strict: normal again only strictly inside of it. Between the two nothing
   *     changes; never on the dangerous side of alarmAt
   */
  record OverLimit(int point, int alarmAt, int returnInside) implements Condition {}

  /** A head that is silent, faulty or has drifted. */
  record SensorLost(int point) implements Condition {}

  /**
   * GRANTED, the feed was live during this grant and is dead now, and nothing upstream is withheld
   * (S2). Dead before a person closed the breaker is no alarm.
   */
  record FeedLost(int zone) implements Condition {}

  /** The feed can't be told (S15). */
  record FeedUnknown(int zone) implements Condition {}

  /** At least one of these marks stands on the point. */
  record Marked(int point, Marks marks) implements Condition {}

  /** Decided elsewhere: a cause of the interlock, a failing journal, a bypass in force. */
  record Given(int signal) implements Condition {}
}
