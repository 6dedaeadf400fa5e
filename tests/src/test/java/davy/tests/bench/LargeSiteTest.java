package davy.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Effects;
import davy.controller.config.Latency;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.tests.sim.ScaleSite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A site is read, checked and added up in time that grows as its points do. Judged by processor
 * time of this thread, the least of several tries, eight times the points against the points: a
 * search for each point among all points makes of it sixty-four.
 */
final class LargeSiteTest {

  private static final int TIMES = 8;
  private static final double MOST = 3 * TIMES;
  private static final int WARM_UP = 2;
  private static final int TRIES = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  void anAcceptedSiteTakesTimeAsItsPointsDo() throws IOException {
    judge("accepted", accepted(100), accepted(100 * TIMES), LargeSiteTest::check);
  }

  @Test
  void aRefusedSiteTakesTimeAsItsPointsDo() throws IOException {
    judge("refused", refused(3), refused(3 * TIMES), LargeSiteTest::refuse);
  }

  private Path accepted(int points) throws IOException {
    Path of = folder.resolve("points-" + points);
    return BenchSite.write(of, points, of::resolve);
  }

  /** Every head of a line of 32 is too slow at this speed, and each is told what would do. */
  private Path refused(int lines) throws IOException {
    Path of = Files.createDirectories(folder.resolve("lines-" + lines));
    Files.writeString(of.resolve("laser-head.toml"), ScaleSite.MAP);
    return Files.writeString(of.resolve("site.toml"), ScaleSite.text(lines, 32, 0, lines, 9_600));
  }

  /** What {@code davy check} finds out of a site that it accepts. */
  private static void check(Path file) {
    Site site = BenchSite.read(file);
    Latency latency = Latency.of(site);
    int points = site.points().size();
    assertTrue(Effects.of(site).size() > 5 * points, "each point has five causes");
    assertTrue(latency.routes(site).size() > 2 * points, "each with none, one and all dead");
    assertEquals(site.zones().size(), latency.drops(site).size());
  }

  private static void refuse(Path file) {
    String text = SiteFile.read(file).toString();
    assertTrue(text.contains("is too slow for") && text.contains("baud = 19200 or higher"), text);
  }

  private static void judge(String what, Path few, Path many, Consumer<Path> work) {
    for (int run = 0; run < WARM_UP; run++) {
      work.accept(few);
      work.accept(many);
    }
    long least = Long.MAX_VALUE;
    long most = Long.MAX_VALUE;
    for (int run = 0; run < TRIES; run++) {
      least = Math.min(least, cpuNanos(few, work));
      most = Math.min(most, cpuNanos(many, work));
    }
    double times = (double) most / least;
    System.out.printf(
        "LargeSiteTest: %s, %d ms and %d ms, %.1f times%n",
        what, least / 1_000_000, most / 1_000_000, times);
    assertTrue(times <= MOST, times + " times for " + TIMES + " times the points");
  }

  private static long cpuNanos(Path file, Consumer<Path> work) {
    long began = THREADS.getCurrentThreadCpuTime();
    work.accept(file);
    return THREADS.getCurrentThreadCpuTime() - began;
  }
}
