package davy.hal.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JavaPagesTest {

  private static final String SMAPS =
      """
      54001000-55b2e000 rw-p 00001000 fe:00 2319905                 /opt/davy/lib/interlock.aot
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      800aa8000-801b2e000 r--p 00aa8000 fe:00 2319905               /opt/davy/lib/interlock.aot
      Size:              16920 kB
      KernelPageSize:       16 kB
      Rss:               16912 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      VmFlags: rd mr mw me
      7f9f22800000-7f9f22ae3000 r-xp 00000000 fe:00 328747    /usr/lib/jvm/lib/server/libjvm.so
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      7f9f23e80000-7f9f23f6b000 r--p 01680000 fe:00 328747    /usr/lib/jvm/lib/server/libjvm.so
      KernelPageSize:        4 kB
      Anonymous:           940 kB
      Swap:                  0 kB
      7f9f23f6b000-7f9f23f7b000 r--p 01670000 fe:00 328747    /usr/lib/jvm/lib/server/libjvm.so
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                 16 kB
      7f9f24000000-7f9f24100000 r--s 00000000 fe:00 328748          /usr/lib/jvm/lib/modules
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      7f9f25000000-7f9f25100000 r-xp 00000000 fe:00 328749          /usr/lib/libc.so.6
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      7f9f26000000-7f9f26100000 r--p 00000000 00:00 0
      KernelPageSize:        4 kB
      Anonymous:             0 kB
      Swap:                  0 kB
      """;

  /** A page that was ever written to is not in its file, and would be lost; from swap too. */
  @Test
  void onlyWhatIsReadAndWasNeverWrittenIsDropped() {
    assertEquals(
        List.of(
            new JavaPages.Stretch(0x800aa8000L, 0x801b2e000L, 16_384),
            new JavaPages.Stretch(0x7f9f22800000L, 0x7f9f22ae3000L, 4_096)),
        JavaPages.of(SMAPS.lines().toList()).stretches());
  }

  /** On the virtual machine that runs this test: it goes on, with fewer of its pages. */
  @Test
  void whatIsDroppedComesBackWhenItIsUsedAndNoMore() throws IOException {
    JavaPages pages = JavaPages.mapped();
    long before = residentKilobytes();
    int pieces = pieces();
    pages.drop();
    System.gc();
    assertEquals(500_500, IntStream.rangeClosed(1, 1_000).boxed().mapToInt(i -> i).sum());
    long after = residentKilobytes();
    int mostPieces = pieces();
    pages.widen();
    System.out.printf(
        "of Java's library: %,d kB, %,d after; pieces %d, %d, %d%n",
        before, after, pieces, mostPieces, pieces());
    assertTrue(after < before);
    assertTrue(mostPieces > pieces);
    assertTrue(pieces() < mostPieces);
    assertEquals(pages.stretches().isEmpty(), before == 0);
  }

  /** Else the kernel, which keeps account of so many pieces only, may have none left for Java. */
  @Test
  void whereItIsRefusedNoPieceIsLeftOver() throws IOException {
    List<JavaPages.Stretch> stretches = new ArrayList<>(JavaPages.mapped().stretches());
    stretches.add(new JavaPages.Stretch(4_096, 8_192, 4_096)); // nothing is ever mapped there
    int before = pieces();
    JavaPages pages = new JavaPages(List.copyOf(stretches));
    assertThrows(ErrnoException.class, pages::drop);
    int after = pieces();
    assertTrue(after < before + 100, before + " pieces, then " + after);
  }

  /** Of the code of Java's library. */
  private static long residentKilobytes() throws IOException {
    boolean library = false;
    long sum = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        library = line.matches("\\S+ r-xp .*/libjvm\\.so");
      } else if (library && line.startsWith("Rss:")) {
        sum += Long.parseLong(line.replaceAll("\\D+", ""));
      }
    }
    return sum;
  }

  /** Of memory, as the kernel keeps account of them. */
  private static int pieces() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).size();
  }
}
