package davy.bridge.guard;

import davy.hal.signal.Tick;

/**
 * What one complete periodic scan found and did, all that the guard's beat may be made of (S1, S10,
 * S14). Made at the very end of the scan, after every output was driven; an event-driven scan, one
 * that was cut short and one that is not to be trusted with power makes none.
 *
 * @param at when the scan ended
 * @param scan its number, rising within a run
 * @param image outputs as last read back, one bit a zone in site order, 1 energised; the read-back
 *     is at most one bus round old
 * @param granting whether any permit is GRANTED
 * @param oldestAgeNanos age of the oldest reading that a granted permit depends on; 0 when not
 *     {@code granting}
 * @param rollCall whether every line, board and stage reported in this scan; not whether every
 *     sensor is good
 * @param siteDigest first eight bytes of the running site's digest, see {@link #digest}
 */
public record ScanReport(
    Tick at,
    long scan,
    int image,
    boolean granting,
    long oldestAgeNanos,
    boolean rollCall,
    long siteDigest) {

  /** Zones that one guard can watch: the bits of its image. */
  public static final int ZONES = Integer.SIZE;

  private static final int DIGEST_DIGITS = 16;

  public ScanReport {
    if (oldestAgeNanos < 0 || !granting && oldestAgeNanos != 0) {
      throw new IllegalArgumentException("an age of " + oldestAgeNanos + " ns, grants " + granting);
    }
  }

  /** The part of a site's digest (lower-case hex) that goes to the guard. */
  public static long digest(String siteDigest) {
    return Long.parseUnsignedLong(siteDigest.substring(0, DIGEST_DIGITS), 16);
  }
}
