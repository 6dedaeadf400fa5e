package davy.hal.pi;

import davy.hal.posix.Posix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What we ask of the kernel, byte for byte, so that a test can stand in its place. */
interface GpioKernel {

  /** Device files of all GPIO chips, aliases included, in order. */
  List<Path> devices() throws IOException;

  /**
   * @throws davy.hal.posix.ErrnoException as {@code open(2)}
   */
  int open(Path device) throws IOException;

  /**
   * @throws davy.hal.posix.ErrnoException as {@code ioctl(2)}
   */
  void ioctl(int fd, long request, MemorySegment argument) throws IOException;

  void close(int fd);

  /** The machine's own. */
  final class Linux implements GpioKernel {

    @Override
    public List<Path> devices() throws IOException {
      List<Path> devices = new ArrayList<>();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/dev"), "gpiochip*")) {
        found.forEach(devices::add);
      }
      Collections.sort(devices);
      return devices;
    }

    @Override
    public int open(Path device) throws IOException {
      return Posix.open(device, Posix.O_RDWR);
    }

    @Override
    public void ioctl(int fd, long request, MemorySegment argument) throws IOException {
      Posix.ioctl(fd, request, argument);
    }

    @Override
    public void close(int fd) {
      Posix.close(fd);
    }
  }
}
