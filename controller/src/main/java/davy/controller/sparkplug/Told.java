package davy.controller.sparkplug;

/**
 * A value with what a reader has to know of it.
 *
 * @param time milliseconds UTC since 1970, when it was so: the wall clock's, a label only
 */
record Told(Value value, Quality quality, long time) {

  /** The specification's three codes. */
  enum Quality {
    BAD(0),
    GOOD(192),
    STALE(500);

    private final int code;

    Quality(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static Told good(Value value, long time) {
    return new Told(value, Quality.GOOD, time);
  }

  static Told stale(long time) {
    return new Told(Value.NONE, Quality.STALE, time);
  }

  /** Says the same, at whatever time. */
  boolean same(Told other) {
    return value.equals(other.value) && quality == other.quality;
  }
}
