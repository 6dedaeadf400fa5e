package davy.hal.pi;

import davy.hal.posix.Descriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import org.tinylog.Logger;

/** A claimed line. One thread sets and reads it; any thread may close it meanwhile. */
final class GpioLine implements AutoCloseable {

  private final GpioKernel kernel;
  private final String name;
  private final Descriptor descriptor;
  private final MemorySegment command = GpioUapi.values(Arena.ofAuto());
  private final MemorySegment measured = GpioUapi.values(Arena.ofAuto());

  private GpioLine(GpioKernel kernel, int fd, String name, IntConsumer last) {
    this.kernel = kernel;
    this.name = name;
    this.descriptor = new Descriptor(fd, name, last);
  }

  /** An output goes to its rest level as the last thing before its release. */
  static GpioLine output(GpioKernel kernel, int fd, String name, boolean restHigh) {
    MemorySegment rest = GpioUapi.values(Arena.ofAuto());
    GpioUapi.setHigh(rest, restHigh);
    return new GpioLine(
        kernel,
        fd,
        name,
        number -> {
          try {
            kernel.ioctl(number, GpioUapi.SET_VALUES, rest);
          } catch (IOException failed) {
            Logger.error("{} is released without being set to rest: {}", name, failed.getMessage());
          }
          kernel.close(number);
        });
  }

  static GpioLine input(GpioKernel kernel, int fd, String name) {
    return new GpioLine(kernel, fd, name, kernel::close);
  }

  /** Drives the pin. */
  void set(boolean high) throws IOException {
    GpioUapi.setHigh(command, high);
    ask(GpioUapi.SET_VALUES, command);
  }

  /** The level of the pin itself, of an output too. */
  boolean high() throws IOException {
    ask(GpioUapi.GET_VALUES, measured);
    return GpioUapi.high(measured);
  }

  /** Does what is left to do at a claim, and closes the line again when that fails. */
  <T> T kept(Runnable rest, T value) {
    try {
      rest.run();
      return value;
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void ask(long request, MemorySegment values) throws IOException {
    int fd = descriptor.enter();
    try {
      kernel.ioctl(fd, request, values);
    } catch (IOException failed) {
      throw new IOException(name + ": " + failed.getMessage(), failed);
    } finally {
      descriptor.leave();
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
