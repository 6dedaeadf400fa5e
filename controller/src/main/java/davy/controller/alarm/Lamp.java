package davy.controller.alarm;

/** A level, driven anew in every scan. In the order of urgency. */
public enum Lamp {
  OFF,
  /** Every alarm that stands was seen by somebody, or waits for its close. */
  STEADY,
  /** At least one alarm was not seen yet. */
  FLASHING;

  static Lamp of(Life life) {
    if (life.calls()) {
      return FLASHING;
    }
    return life.open() ? STEADY : OFF;
  }

  Lamp and(Lamp other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
