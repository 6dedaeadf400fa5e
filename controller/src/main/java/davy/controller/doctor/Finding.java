package davy.controller.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what it is: a port, a chip, a limit
 * @param words what was found
 * @param remedy what to change; empty where nothing is to be done
 */
public record Finding(Area area, Grade grade, String subject, String words, String remedy) {

  /** In the order of the report. */
  public enum Area {
    GPIO("gpio"),
    SERIAL("serial"),
    REAL_TIME("real-time"),
    CLOCK("clock"),
    DISK("disk"),
    JAVA("java"),
    /** What people have to do again and again. */
    TESTS("tests");

    private final String word;

    Area(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public enum Grade {
    GOOD("ok"),
    /** To be known; it may be meant so. */
    NOTE("note"),
    /** The machine is not to be trusted before this is changed. */
    WRONG("WRONG");

    private final String word;

    Grade(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public static Finding good(Area area, String subject, String words) {
    return new Finding(area, Grade.GOOD, subject, words, "");
  }

  public static Finding note(Area area, String subject, String words, String remedy) {
    return new Finding(area, Grade.NOTE, subject, words, remedy);
  }

  static Finding wrong(Area area, String subject, String words, String remedy) {
    return new Finding(area, Grade.WRONG, subject, words, remedy);
  }
}
