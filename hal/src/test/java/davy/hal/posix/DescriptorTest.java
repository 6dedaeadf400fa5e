package davy.hal.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DescriptorTest {

  @TempDir private Path folder;

  private int openFile() throws IOException {
    Path file = folder.resolve("file");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return Posix.open(file, Posix.O_RDWR);
  }

  private static boolean isOpen(int fd) {
    return Files.exists(Path.of("/proc/self/fd/" + fd));
  }

  @Test
  void useAfterCloseIsRefusedByName() throws IOException {
    Descriptor descriptor = new Descriptor(openFile(), "relay 5");
    descriptor.close();
    descriptor.close();
    IOException refused = assertThrows(IOException.class, descriptor::enter);
    assertEquals("relay 5 is closed", refused.getMessage());
  }

  @Test
  void aCloseDuringUseTakesPlaceWhenTheLastUserLeaves() throws IOException {
    int fd = openFile();
    Descriptor descriptor = new Descriptor(fd, "line");
    assertEquals(fd, descriptor.enter());
    assertEquals(fd, descriptor.enter());
    descriptor.close();
    assertThrows(IOException.class, descriptor::enter);
    descriptor.leave();
    assertTrue(isOpen(fd), "still in use");
    descriptor.leave();
    assertFalse(isOpen(fd), "the last one closes");
  }

  @Test
  void anUnusedDescriptorClosesAtOnce() throws IOException {
    int fd = openFile();
    Descriptor descriptor = new Descriptor(fd, "line");
    descriptor.enter();
    descriptor.leave();
    assertTrue(isOpen(fd));
    descriptor.close();
    assertFalse(isOpen(fd));
  }
}
