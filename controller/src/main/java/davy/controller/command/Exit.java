package davy.controller.command;

/** Exit codes, as {@code sysexits.h} numbers them. */
public final class Exit {

  public static final int OK = 0;

  /** The command looked, and what it looked at is not right. */
  public static final int WRONG = 1;

  /** Unknown option or missing argument. */
  public static final int USAGE = 64;

  /** A named file cannot be read. */
  public static final int NO_INPUT = 66;

  /** A defect in Davy. */
  public static final int SOFTWARE = 70;

  /** A port or file can't be had. */
  public static final int IO_ERROR = 74;

  /** A bad configuration. */
  public static final int CONFIG = 78;

  private Exit() {}
}
