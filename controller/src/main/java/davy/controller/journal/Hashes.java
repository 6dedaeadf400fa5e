package davy.controller.journal;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hashes of the records read last, packed: a county keeps one of these for each of thousands of
 * stations. It begins small and grows while no signature covers what it holds, up to a limit.
 */
final class Hashes {

  private static final int BYTES = 32;
  private static final int LEAST = 2_048;
  private static final HexFormat HEX = HexFormat.of();

  private final int most;
  private byte[] packed = new byte[LEAST * BYTES];
  private int room = LEAST;
  private long first;
  private long last;

  /**
   * @param most hashes at once
   */
  Hashes(int most) {
    this.most = most;
  }

  /**
   * The next record; a number that does not follow begins anew.
   *
   * @param neededFrom hashes from this record on are still needed
   */
  void put(long seq, String hash, long neededFrom) {
    if (first == 0 || seq != last + 1) {
      first = seq;
    }
    if (seq - Math.max(first, neededFrom) >= room && room < most) {
      grow();
    }
    last = seq;
    first = Math.max(first, last - room + 1);
    byte[] bytes = hash.length() == 2 * BYTES ? HEX.parseHex(hash) : new byte[BYTES];
    System.arraycopy(bytes, 0, packed, place(seq), BYTES);
  }

  private void grow() {
    byte[] before = packed;
    int had = room;
    room = Math.min(2 * room, most);
    packed = new byte[room * BYTES];
    for (long seq = first; seq <= last; seq++) {
      int from = (int) (seq % had) * BYTES;
      System.arraycopy(before, from, packed, place(seq), BYTES);
    }
  }

  private int place(long seq) {
    return (int) (seq % room) * BYTES;
  }

  /** Number of the oldest one held, 0 where there is none. */
  long first() {
    return first;
  }

  /** Empty where it is not held any more, or never was. */
  Optional<String> of(long seq) {
    if (seq < first || seq > last || first == 0) {
      return Optional.empty();
    }
    int from = place(seq);
    return Optional.of(HEX.formatHex(Arrays.copyOfRange(packed, from, from + BYTES)));
  }
}
