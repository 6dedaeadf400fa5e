package davy.hal.pi;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import davy.hal.Board.LineName;
import davy.hal.posix.ErrnoException;
import davy.hal.posix.Posix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A chip that is there, found by its label. Holds nothing open. */
final class GpioChip {

  private static final String CONSUMER = "davy";

  private final GpioKernel kernel;
  private final Path device;
  private final String name;
  private final String label;
  private final int lines;

  private GpioChip(GpioKernel kernel, Path device, MemorySegment info) {
    this.kernel = kernel;
    this.device = device;
    name = info.getString(GpioUapi.NAME);
    label = info.getString(GpioUapi.LABEL);
    lines = info.get(JAVA_INT, GpioUapi.LINES);
  }

  /**
   * Looks at every chip of the machine.
   *
   * @throws IOException when none or more than one has the label: lists what there is, and the
   *     remedy
   */
  static GpioChip find(GpioKernel kernel, String label) throws IOException {
    List<GpioChip> matching = new ArrayList<>();
    StringJoiner seen = new StringJoiner(", ");
    boolean forbidden = false;
    for (Path device : kernel.devices()) {
      try {
        GpioChip chip = identify(kernel, device);
        seen.add(chip.toString());
        boolean alias = matching.stream().anyMatch(other -> other.name.equals(chip.name));
        if (chip.label.equals(label) && !alias) {
          matching.add(chip);
        }
      } catch (ErrnoException failed) {
        seen.add(failed.getMessage());
        forbidden |= failed.errno() == Posix.EACCES;
      }
    }
    if (matching.size() == 1) {
      return matching.getFirst();
    }
    String found =
        matching.isEmpty() ? "no GPIO chip has this label" : "several GPIO chips have this label";
    String remedy =
        forbidden
            ? "Add Davy's user to the group gpio."
            : "Give the label of a chip of this machine, or load its driver.";
    throw new IOException(found + "; there are: [" + seen + "]. " + remedy);
  }

  private static GpioChip identify(GpioKernel kernel, Path device) throws IOException {
    int fd = kernel.open(device);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = GpioUapi.argument(arena, GpioUapi.GET_CHIPINFO);
      kernel.ioctl(fd, GpioUapi.GET_CHIPINFO, info);
      return new GpioChip(kernel, device, info);
    } finally {
      kernel.close(fd);
    }
  }

  /** Claims a line as an output that is at {@code restHigh} from the claim to the release. */
  GpioLine output(int offset, boolean restHigh) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = claim(offset, GpioUapi.outputRequest(arena, offset, CONSUMER, restHigh));
      return GpioLine.output(kernel, fd, nameOf(offset), restHigh);
    }
  }

  /** Claims a line as an input with one of the pull flags. */
  GpioLine input(int offset, long pullFlag) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = claim(offset, GpioUapi.inputRequest(arena, offset, CONSUMER, pullFlag));
      return GpioLine.input(kernel, fd, nameOf(offset));
    }
  }

  private String nameOf(int offset) {
    return new LineName(label, offset).toString();
  }

  private int claim(int offset, MemorySegment request) throws IOException {
    if (offset < 0 || offset >= lines) {
      throw new IOException(
          nameOf(offset) + ": the chip has lines 0 to " + (lines - 1) + ". Correct the site file.");
    }
    int fd = kernel.open(device);
    try {
      kernel.ioctl(fd, GpioUapi.GET_LINE, request);
      return request.get(JAVA_INT, GpioUapi.REQUEST_FD);
    } catch (ErrnoException failed) {
      if (failed.errno() != Posix.EBUSY) {
        throw new IOException(
            nameOf(offset) + " cannot be claimed: " + failed.getMessage(), failed);
      }
      throw new IOException(
          nameOf(offset)
              + " is in use by "
              + consumer(fd, offset)
              + ". Stop that program, or free the pin (dtparam and dtoverlay lines of config.txt).",
          failed);
    } finally {
      kernel.close(fd);
    }
  }

  private String consumer(int chipFd, int offset) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = GpioUapi.argument(arena, GpioUapi.GET_LINEINFO);
      info.set(JAVA_INT, GpioUapi.INFO_OFFSET, offset);
      kernel.ioctl(chipFd, GpioUapi.GET_LINEINFO, info);
      String consumer = info.getString(GpioUapi.INFO_CONSUMER);
      return consumer.isEmpty() ? "somebody without a name" : consumer;
    }
  }

  @Override
  public String toString() {
    return name + " \"" + label + "\" with " + lines + " lines";
  }
}
