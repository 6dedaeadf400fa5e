package davy.controller.alarm;

/** What one scan says of a condition. */
enum Judgement {
  ACTIVE,
  /** In the dead band, not readable, not trusted or under test gas: nothing changes. */
  UNSURE,
  NORMAL
}
