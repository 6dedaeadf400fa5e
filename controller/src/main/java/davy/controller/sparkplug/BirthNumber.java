package davy.controller.sparkplug;

/**
 * The numbers of births and deaths (bdSeq): 0 to 255 and round again, one more for every CONNECT
 * that left, whether or not it was answered. One thread, but for {@link #used}.
 */
public final class BirthNumber {

  private static final int MASK = 0xFF;

  private int present;
  private volatile boolean used;

  /**
   * @param last the number kept on disk; it may have been used. Negative where there is none
   */
  public BirthNumber(int last) {
    present = last < 0 ? 0 : last & MASK;
    used = last >= 0;
  }

  /** The number for the next CONNECT: to be kept on disk before it leaves. */
  public int next() {
    if (used) {
      present = present + 1 & MASK;
      used = false;
    }
    return present;
  }

  /** The CONNECT with the present number leaves now. Any thread. */
  public void used() {
    used = true;
  }
}
