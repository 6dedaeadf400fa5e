package davy.bridge.sim;

import davy.bridge.sim.WireFault.Piece;
import davy.hal.signal.Tick;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What is wrong with one line, and how often: with one in so many answers of each slave. Counted a
 * slave, so that none is struck many times in a row by bad luck.
 */
public final class BadWire {

  /** Between two bursts of noise, times how seldom it strikes. */
  private static final long NOISE_NANOS = 50_000_000L;

  private static final int NOISE_BYTES = 4;

  /** Babble is handed over in runs, each before the former is over. */
  private static final long BABBLE_NANOS = 2_000_000L;

  private static final int BABBLE_BYTES = 8;

  private final WireFault fault;
  private final int every;
  private final Random random;
  private final Map<Byte, Integer> answers = new HashMap<>();
  private Optional<Tick> noiseAt = Optional.empty();
  private long struck;

  /**
   * @param every 1 for each answer, 3 for each third one
   */
  public BadWire(WireFault fault, int every, long seed) {
    this.fault = fault;
    this.every = every;
    this.random = new Random(seed);
  }

  public WireFault fault() {
    return fault;
  }

  /** Answers spoilt and bursts of noise so far. */
  public long struck() {
    return struck;
  }

  /** What becomes of an answer. */
  List<Piece> carry(byte[] request, byte[] right) {
    boolean hit = answers.merge(right[0], 1, Integer::sum) % every == 0;
    if (!hit || fault.unasked()) {
      return List.of(new Piece(right, 0));
    }
    struck++;
    return fault.spoil(request, right, random);
  }

  /** The noise that begins now; none of most faults. */
  byte[] noise(Tick now) {
    if (!fault.unasked() || noiseAt.filter(now::isBefore).isPresent()) {
      return new byte[0];
    }
    struck++;
    boolean babble = fault == WireFault.BABBLE;
    noiseAt = Optional.of(now.plusNanos(babble ? BABBLE_NANOS : every * NOISE_NANOS));
    return WireFault.noise(random, babble ? BABBLE_BYTES : NOISE_BYTES);
  }
}
