package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stepped wall clock under a real process. */
@Timeout(60)
final class WallClockTest {

  private static final int WAITS = 20;
  private static final long WAIT_NANOS = 50_000_000L;

  @TempDir private Path folder;

  /** What runs under the clock: prints the year, and how many timed waits ended before time. */
  static final class Sleeper {
    public static void main(String[] none) {
      int early = 0;
      for (int wait = 0; wait < WAITS; wait++) {
        long began = System.nanoTime();
        LockSupport.parkNanos(WAIT_NANOS);
        early += System.nanoTime() - began < WAIT_NANOS ? 1 : 0;
      }
      System.out.println(Year.now().getValue());
      System.out.println(early);
    }
  }

  @Test
  void theWallClockStepsAndTimedWaitsLastAsLongAsEver() throws Exception {
    Optional<WallClock> clock = WallClock.make(folder);
    assumeTrue(clock.isPresent(), "no libfaketime; ./davy test installs it");
    clock.get().step("+3650d");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command = List.of(java, "-cp", classes, Sleeper.class.getName());
    Process sleeper = new ProcessBuilder(clock.get().under(command)).start();
    try (BufferedReader said = sleeper.inputReader()) {
      assertTrue(Integer.parseInt(said.readLine()) > Year.now().getValue() + 8, "no step");
      int early = Integer.parseInt(said.readLine());
      assertTrue(early < WAITS / 2, early + " of " + WAITS + " waits ended before their time");
    }
    assertEquals(0, sleeper.waitFor());
  }
}
