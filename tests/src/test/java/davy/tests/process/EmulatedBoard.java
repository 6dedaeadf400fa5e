package davy.tests.process;

import davy.tests.firmware.Firmware;
import davy.tests.firmware.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guard's firmware on an emulated Cortex-M3 whose two relay pins are read over QEMU's monitor
 * every few milliseconds; a move is told with the time at which it was seen.
 */
final class EmulatedBoard implements AutoCloseable {

  /** Both relays' coils got current, or at least one lost it. */
  record Move(long nanos, boolean energised) {}

  private static final Pattern PTY = Pattern.compile("redirected to (/dev/pts/\\d+)");
  private static final Pattern PINS = Pattern.compile("0*400053fc: (0x[0-9a-f]+)");
  private static final String ASK = "xp /1wx 0x400053fc\n";
  private static final long LOOK_NANOS = 2_000_000L;
  private static final int BOTH = 3;

  private final Process qemu;
  private final BufferedReader lines;
  private final Writer monitor;
  private final Path terminal;
  private final List<Move> moves = new CopyOnWriteArrayList<>();
  private final Probe probe;
  private final String converter;
  private volatile boolean reset;

  /** Builds it as born with this site's digest, and starts it; its probe's socket in a folder. */
  EmulatedBoard(Path folder, long digest) throws Exception {
    Path elf = Firmware.OUT.resolve("guard-lm3s6965.elf");
    Firmware.make("-B", "TAUGHT=0x" + Long.toHexString(digest) + "ULL", elf.toString());
    probe = new Probe(folder.resolve("probe"));
    converter = Probe.converter(elf);
    List<String> command = Firmware.emulator(elf, probe.socket());
    qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
    lines = qemu.inputReader();
    monitor = qemu.outputWriter();
    terminal = Path.of(read(PTY));
    Firmware.raise(qemu);
    Thread.ofPlatform().daemon().name("pins").start(this::watch);
  }

  private String read(Pattern wanted) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new IOException("QEMU ended without " + wanted);
  }

  private void watch() {
    boolean was = false;
    try {
      while (true) {
        if (reset) {
          reset = false;
          monitor.write("system_reset\n");
        }
        monitor.write(ASK);
        monitor.flush();
        boolean energised = (Integer.decode(read(PINS)) & BOTH) == BOTH;
        if (energised != was) {
          was = energised;
          moves.add(new Move(System.nanoTime(), energised));
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (IOException _) {
      // It has ended.
    }
  }

  Path terminal() {
    return terminal;
  }

  List<Move> moves() {
    return moves;
  }

  /** Does something to its inputs, as the host board's words say it; returns when. */
  long hand(String words) throws Exception {
    String[] said = words.split(" ");
    int value = Integer.parseInt(said[1]);
    long now = System.nanoTime();
    switch (said[0]) {
      case "trip" -> probe.trip(value == 1);
      case "button" -> probe.button(value == 1);
      case "supply" -> probe.supply(converter, value);
      case "clock" -> probe.slowClock(value < 100);
      default -> throw new IllegalArgumentException(words);
    }
    return now;
  }

  /** Resets the processor; returns when. */
  long reset() {
    long now = System.nanoTime();
    reset = true;
    return now;
  }

  @Override
  public void close() {
    qemu.destroyForcibly().onExit().join();
  }
}
