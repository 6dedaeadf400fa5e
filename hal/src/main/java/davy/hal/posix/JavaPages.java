package davy.hal.posix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of Java's own files in the memory of this process: its library and its start-up cache,
 * as far as they are only read. Starting needs many of them that running never looks at again.
 *
 * <p>The kernel brings a page back from its file when it is next looked at, and with it whatever
 * lies around: 64 KB, or since Linux 6.18 as much as it once read in one piece, which may be all of
 * the file. It does not go beyond the pages that were given the same advice. So each second page is
 * given another one, and then no page comes back but those that are used.
 *
 * @param stretches in each of which no page was ever written to
 */
public record JavaPages(List<Stretch> stretches) {

  /** Mapped before the first line of a program runs, and never writable later. */
  private static final Pattern READ_ONLY =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r-[-x]p .*/(libjvm\\.so|[^/]+\\.aot|[^/]+\\.jsa)");

  private static final Pattern ANY = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");
  private static final Pattern KILOBYTES = Pattern.compile("(\\w+): +(\\d+) kB");

  /** What comes back together once most are back. */
  private static final long AROUND = 16_384;

  private static final int MADV_NORMAL = 0;
  private static final int MADV_RANDOM = 1;
  private static final int MADV_DONTNEED = 4;

  /**
   * Addresses of a file's pages.
   *
   * @param from address of the first byte
   * @param to address behind the last byte
   * @param page bytes of one page
   */
  record Stretch(long from, long to, long page) {}

  /** Those of this process. */
  public static JavaPages mapped() throws IOException {
    return of(Files.readAllLines(Path.of("/proc/self/smaps")));
  }

  /**
   * @param smaps as {@code proc(5)} describes it
   */
  static JavaPages of(List<String> smaps) {
    List<Stretch> stretches = new ArrayList<>();
    Matcher of = READ_ONLY.matcher("");
    long page = 0;
    long written = 0; // a page that has left for swap is written to, but no longer anonymous
    for (String line : smaps) {
      Matcher row = KILOBYTES.matcher(line);
      if (ANY.matcher(line).matches()) {
        of.reset(line);
      } else if (row.matches() && row.group(1).equals("KernelPageSize")) {
        page = Long.parseLong(row.group(2)) << 10;
      } else if (row.matches() && row.group(1).equals("Anonymous")) {
        written = Long.parseLong(row.group(2));
      } else if (row.matches() && row.group(1).equals("Swap")) {
        written += Long.parseLong(row.group(2));
        if (written == 0 && of.reset().matches()) {
          long from = Long.parseUnsignedLong(of.group(1), 16);
          stretches.add(new Stretch(from, Long.parseUnsignedLong(of.group(2), 16), page));
        }
      }
    }
    return new JavaPages(List.copyOf(stretches));
  }

  /**
   * Lets go of all of them. Each comes back from its file as soon as it is used, and alone.
   *
   * @throws ErrnoException once memory is locked, or where the kernel keeps account of too few
   *     pieces of memory for that; all goes on as before, and no piece is left over
   */
  public void drop() throws IOException {
    try {
      for (Stretch stretch : stretches) {
        part(stretch, stretch.page());
        advise(stretch.from(), stretch.to(), MADV_DONTNEED);
      }
    } catch (IOException refused) {
      for (Stretch stretch : stretches) {
        advise(stretch.from(), stretch.to(), MADV_NORMAL);
      }
      throw refused;
    }
  }

  /**
   * From now on a page's neighbours may come back with it, 16 KB in all: so the kernel need not
   * keep account of each page.
   */
  public void widen() throws IOException {
    for (Stretch stretch : stretches) {
      advise(stretch.from(), stretch.to(), MADV_NORMAL);
      part(stretch, Math.max(AROUND, stretch.page()));
    }
  }

  /** Gives other advice to each second piece. */
  private static void part(Stretch stretch, long length) throws IOException {
    for (long from = stretch.from(); from < stretch.to(); from += 2 * length) {
      advise(from, Math.min(from + length, stretch.to()), MADV_RANDOM);
    }
  }

  private static void advise(long from, long to, int advice) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try {
      answer =
          (int)
              Libc.MADVISE.invokeExact(
                  scratch.errno, MemorySegment.ofAddress(from), to - from, advice);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    Posix.checked("madvise", answer, scratch);
  }
}
