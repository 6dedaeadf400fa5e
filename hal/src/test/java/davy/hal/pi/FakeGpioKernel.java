package davy.hal.pi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import davy.hal.posix.ErrnoException;
import davy.hal.posix.Posix;
import davy.hal.sim.SimPin;
import davy.hal.sim.SimPin.Level;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * GPIO chips as the kernel shows them: reads the same structure bytes as the kernel would, and
 * drives and reads {@link SimPin}s with them. Every misuse of a number is kept as a complaint.
 */
final class FakeGpioKernel implements GpioKernel {

  /** One chip; {@code latching} drivers keep an output driven after its release. */
  record Chip(String name, String label, List<SimPin> pins, boolean latching) {}

  private record Claim(Chip chip, int offset, boolean output) {
    SimPin pin() {
      return chip.pins.get(offset);
    }
  }

  private final Map<Path, Chip> devices = new TreeMap<>();
  private final Map<Integer, Chip> openChips = new HashMap<>();
  private final Map<Integer, Claim> openLines = new LinkedHashMap<>();
  private final Map<String, String> consumers = new HashMap<>();
  private final Map<String, Long> flags = new HashMap<>();
  private final Map<Path, Integer> refusals = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int nextFd = 100;
  private int failing;

  synchronized FakeGpioKernel chip(String name, String label, int lines, boolean latching) {
    List<SimPin> pins = IntStream.range(0, lines).mapToObj(_ -> new SimPin()).toList();
    devices.put(Path.of("/dev", name), new Chip(name, label, pins, latching));
    return this;
  }

  /** Another device file of the same chip, as some distributions have for old programs. */
  synchronized void alias(String alias, String name) {
    devices.put(Path.of("/dev", alias), devices.get(Path.of("/dev", name)));
  }

  synchronized void refuseOpen(String name, int errno) {
    refusals.put(Path.of("/dev", name), errno);
  }

  synchronized void taken(String name, int offset, String consumer) {
    consumers.put(name + offset, consumer);
  }

  /** Every further request on a line fails; 0 ends it. */
  synchronized void failLines(int errno) {
    failing = errno;
  }

  synchronized SimPin pin(String label, int offset) {
    return devices.values().stream()
        .filter(chip -> chip.label.equals(label))
        .findFirst()
        .orElseThrow()
        .pins
        .get(offset);
  }

  /** Numbers used after their close, and bytes that the kernel would refuse. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  synchronized int openNumbers() {
    return openChips.size() + openLines.size();
  }

  @Override
  public synchronized List<Path> devices() {
    return List.copyOf(devices.keySet());
  }

  @Override
  public synchronized int open(Path device) throws IOException {
    if (refusals.containsKey(device)) {
      throw new ErrnoException("open " + device, refusals.get(device));
    }
    openChips.put(nextFd, devices.get(device));
    return nextFd++;
  }

  @Override
  public synchronized void close(int fd) {
    Claim claim = openLines.remove(fd);
    if (claim != null) {
      consumers.remove(claim.chip.name + claim.offset);
      claim.pin().pull(Level.FLOATING);
      if (!claim.chip.latching) {
        claim.pin().output(Level.FLOATING);
      }
    } else if (openChips.remove(fd) == null) {
      complaints.add("close of " + fd + ", which is not open");
    }
  }

  @Override
  public synchronized void ioctl(int fd, long request, MemorySegment argument) throws IOException {
    if (argument.byteSize() != (request >> 16 & 0x3fff)) {
      throw refused("argument of " + argument.byteSize() + " bytes", Posix.EINVAL);
    }
    if (openLines.containsKey(fd)) {
      line(openLines.get(fd), request, argument);
    } else if (openChips.containsKey(fd)) {
      chip(openChips.get(fd), request, argument);
    } else {
      throw refused("ioctl on " + fd + ", which is not open", Posix.EBADF);
    }
  }

  private ErrnoException refused(String complaint, int errno) {
    complaints.add(complaint);
    return new ErrnoException("ioctl", errno);
  }

  private void chip(Chip chip, long request, MemorySegment argument) throws IOException {
    if (request == 0x8044B401L) {
      argument.setString(0, chip.name);
      argument.setString(32, chip.label);
      argument.set(JAVA_INT, 64, chip.pins.size());
    } else if (request == 0xC100B405L) {
      int offset = argument.get(JAVA_INT, 64);
      if (offset >= chip.pins.size()) {
        throw new ErrnoException("ioctl", Posix.EINVAL);
      }
      String consumer = consumers.get(chip.name + offset);
      long used = consumer == null ? 0 : 1;
      argument.set(JAVA_LONG, 72, flags.getOrDefault(chip.name + offset, 1L << 2) | used);
      argument.setString(32, consumer == null ? "" : consumer);
    } else if (request == 0xC250B407L) {
      claim(chip, argument);
    } else {
      throw refused("chip request " + Long.toHexString(request), Posix.EINVAL);
    }
  }

  private void claim(Chip chip, MemorySegment asked) throws IOException {
    int offset = asked.get(JAVA_INT, 0);
    if (asked.get(JAVA_INT, 560) != 1 || offset >= chip.pins.size()) {
      throw refused("claim of line " + offset, Posix.EINVAL);
    }
    if (consumers.containsKey(chip.name + offset)) {
      throw new ErrnoException("ioctl", Posix.EBUSY);
    }
    long flags = asked.get(JAVA_LONG, 288);
    SimPin pin = chip.pins.get(offset);
    if (flags == 1 << 3) {
      pin.output(firstLevel(asked) ? Level.HIGH : Level.LOW);
    } else if (flags == (1 << 2 | 1 << 8)) {
      pin.pull(Level.HIGH);
    } else if (flags == (1 << 2 | 1 << 9)) {
      pin.pull(Level.LOW);
    } else if (flags != (1 << 2 | 1 << 10)) {
      throw refused("claim with flags " + Long.toHexString(flags), Posix.EINVAL);
    }
    consumers.put(chip.name + offset, asked.getString(256));
    this.flags.put(chip.name + offset, flags);
    openLines.put(nextFd, new Claim(chip, offset, flags == 1 << 3));
    asked.set(JAVA_INT, 588, nextFd++);
  }

  /** Low, unless the request itself carries the values of line 0: as the kernel does it. */
  private static boolean firstLevel(MemorySegment asked) {
    boolean given =
        asked.get(JAVA_INT, 296) == 1
            && asked.get(JAVA_INT, 320) == 2
            && (asked.get(JAVA_LONG, 336) & 1) == 1;
    return given && (asked.get(JAVA_LONG, 328) & 1) == 1;
  }

  private void line(Claim claim, long request, MemorySegment values) throws IOException {
    if (failing != 0) {
      throw new ErrnoException("ioctl", failing);
    }
    if (values.get(JAVA_LONG, 8) != 1) {
      throw refused("values of lines that were not claimed", Posix.EINVAL);
    }
    if (request == 0xC010B40EL) {
      values.set(JAVA_LONG, 0, claim.pin().high() ? 1 : 0);
    } else if (request == 0xC010B40FL && claim.output) {
      claim.pin().output((values.get(JAVA_LONG, 0) & 1) == 1 ? Level.HIGH : Level.LOW);
    } else {
      throw refused("line request " + Long.toHexString(request), Posix.EINVAL);
    }
  }
}
