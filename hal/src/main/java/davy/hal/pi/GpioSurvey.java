package davy.hal.pi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import davy.hal.posix.ErrnoException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the GPIO chips of the machine without claiming a line. Any thread. */
public final class GpioSurvey {

  private final GpioKernel kernel;

  /** Of this machine. */
  public GpioSurvey() {
    this(new GpioKernel.Linux());
  }

  GpioSurvey(GpioKernel kernel) {
    this.kernel = kernel;
  }

  /** A device file, and what it is. */
  public sealed interface Found {

    /**
     * @param name the kernel's own, as under {@code /sys/bus/gpio/devices}
     * @param label what a site file names
     */
    record Chip(Path device, String name, String label, int lines) implements Found {}

    /**
     * @param why in the kernel's words
     */
    record Refused(Path device, String why) implements Found {}
  }

  /** A line's pull, as the kernel was told. */
  public enum Bias {
    UNKNOWN,
    NONE,
    UP,
    DOWN
  }

  /**
   * One line as it is now.
   *
   * @param used claimed, or given to another function of its pin
   * @param consumer who has claimed it; empty where nobody has or it has no name
   */
  public record Line(int offset, boolean used, String consumer, boolean output, Bias bias) {}

  /** Every device file, aliases included, in order. */
  public List<Found> chips() throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path device : kernel.devices()) {
      try {
        found.add(chip(device));
      } catch (ErrnoException refused) {
        found.add(new Found.Refused(device, refused.getMessage()));
      }
    }
    return List.copyOf(found);
  }

  private Found.Chip chip(Path device) throws IOException {
    int fd = kernel.open(device);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = GpioUapi.argument(arena, GpioUapi.GET_CHIPINFO);
      kernel.ioctl(fd, GpioUapi.GET_CHIPINFO, info);
      return new Found.Chip(
          device,
          info.getString(GpioUapi.NAME),
          info.getString(GpioUapi.LABEL),
          info.get(JAVA_INT, GpioUapi.LINES));
    } finally {
      kernel.close(fd);
    }
  }

  /**
   * @throws ErrnoException where the chip has no such line
   */
  public Line line(Found.Chip chip, int offset) throws IOException {
    int fd = kernel.open(chip.device());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = GpioUapi.argument(arena, GpioUapi.GET_LINEINFO);
      info.set(JAVA_INT, GpioUapi.INFO_OFFSET, offset);
      kernel.ioctl(fd, GpioUapi.GET_LINEINFO, info);
      long flags = info.get(JAVA_LONG, GpioUapi.INFO_FLAGS);
      return new Line(
          offset,
          (flags & GpioUapi.FLAG_USED) != 0,
          info.getString(GpioUapi.INFO_CONSUMER),
          (flags & GpioUapi.FLAG_OUTPUT) != 0,
          bias(flags));
    } finally {
      kernel.close(fd);
    }
  }

  private static Bias bias(long flags) {
    if ((flags & GpioUapi.FLAG_PULL_UP) != 0) {
      return Bias.UP;
    }
    if ((flags & GpioUapi.FLAG_PULL_DOWN) != 0) {
      return Bias.DOWN;
    }
    return (flags & GpioUapi.FLAG_NO_PULL) != 0 ? Bias.NONE : Bias.UNKNOWN;
  }
}
