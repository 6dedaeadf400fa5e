package davy.tests.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.guard.GuardCause;
import davy.hal.signal.GuardState;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The firmware as a process on a pseudo-terminal, with our link on a real serial port. The times
 * that are asserted are the firmware's own; those of this machine's clock are printed.
 */
@Timeout(120)
@Tag("real-time")
final class HostGuardTest {

  /** Opening and closing of the window, with a round of the host's main loop. */
  private static final int CLOSE_MILLIS = 400;

  private static final int ROUND_MILLIS = 60;
  private static final long COST_NANOS = 50_000;
  private static final long TEN_MINUTES_NANOS = 600_000_000_000L;

  /** A machine that stands still for so long explains a drop. */
  private static final long STALL_NANOS = 150 * Watcher.MILLI;

  @TempDir private Path folder;

  private Process guard;
  private Writer hands;
  private final AtomicReference<List<String>> said = new AtomicReference<>(List.of());
  private Watcher watcher;

  @BeforeAll
  static void build() throws Exception {
    Firmware.make("host");
  }

  @BeforeEach
  void start() throws Exception {
    startGuard();
    watcher = new Watcher(folder.resolve("line"));
  }

  private void startGuard() throws IOException {
    guard =
        new ProcessBuilder(
                Firmware.OUT.resolve("guard-host").toString(),
                folder.resolve("line").toString(),
                folder.resolve("store").toString(),
                Long.toHexString(Watcher.SITE))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    hands = guard.outputWriter();
    Process reading = guard;
    Thread.ofPlatform().daemon().start(() -> listen(reading));
    while (!Files.isSymbolicLink(folder.resolve("line")) && guard.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private void listen(Process process) {
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String heard = line;
        said.updateAndGet(
            before -> {
              var all = new java.util.ArrayList<>(before);
              all.add(heard);
              return List.copyOf(all);
            });
      }
    } catch (IOException _) {
      // The process has ended.
    }
  }

  @AfterEach
  void stop() throws Exception {
    watcher.close();
    guard.destroyForcibly().waitFor();
  }

  private void hand(String command) throws IOException {
    hands.write(command + "\n");
    hands.flush();
  }

  private boolean energised() {
    List<String> relays = said.get().stream().filter(line -> line.startsWith("relays")).toList();
    return !relays.isEmpty() && relays.getLast().startsWith("relays 1");
  }

  /** Milliseconds from the last scan to the coils without current, by this machine's clock. */
  private long droppedAfter() {
    String last = said.get().getLast();
    return (Long.parseLong(last.split(" ")[2]) - watcher.lastScan().nanos()) / Watcher.MILLI;
  }

  @Test
  void scansHoldTheRelaysAndTheirEndDropsThemWithin500Millis() {
    watcher.awaitArmed();
    watcher.await("energised", this::energised);
    watcher.scanning(false);
    watcher.awaitDropped(GuardCause.TOO_LATE);
    watcher.await("dead", () -> !energised());
    System.out.println("no scans: dropped " + droppedAfter() + " ms after the last one");
    int own = watcher.image().status().orElseThrow().dropMillis();
    assertTrue(own > CLOSE_MILLIS && own <= CLOSE_MILLIS + ROUND_MILLIS, "after " + own);
    watcher.scanning(true);
    watcher.awaitArmed();
  }

  @Test
  void itsAnswersCostTheScanNextToNothing() {
    watcher.awaitArmed();
    watcher.warm();
    watcher.await("100 answers", () -> watcher.image().status().orElseThrow().accepted() > 100);
    assertTrue(energised());
    long nanos = watcher.medianCostNanos();
    System.out.printf(
        "a report costs the scan %d ns of processor, %d ns by the clock, in the median%n",
        nanos, watcher.medianWallNanos());
    assertTrue(nanos < COST_NANOS, nanos + " ns");
  }

  @Test
  @EnabledIfSystemProperty(named = "davy.long", matches = "true")
  @Timeout(900)
  void tenMinutesUnderLoadDropNothing() throws Exception {
    List<Process> load = new ArrayList<>();
    for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
      load.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
    }
    try {
      watcher.awaitArmed();
      long drops = watcher.image().status().orElseThrow().drops();
      long worst = 0;
      long before = System.nanoTime();
      for (long end = before + TEN_MINUTES_NANOS; System.nanoTime() - end < 0; ) {
        LockSupport.parkNanos(Watcher.MILLI);
        worst = Math.max(worst, System.nanoTime() - before);
        before = System.nanoTime();
      }
      long dropped = watcher.image().status().orElseThrow().drops() - drops;
      System.out.printf(
          "10 min under load: %d drops, worst stall of a bare thread %d ms%n",
          dropped, worst / Watcher.MILLI);
      assertTrue(dropped == 0 || worst > STALL_NANOS, dropped + " drops without a stall");
    } finally {
      load.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void whatAGrantLeansOnMayNotBeTooOld() {
    watcher.awaitArmed();
    watcher.granted(2_001);
    watcher.awaitDropped(GuardCause.AGE);
    assertFalse(energised());
    watcher.awaitArmed();
  }

  @Test
  void anotherSiteDropsItAndTheButtonTeachesIt() throws IOException {
    watcher.awaitArmed();
    watcher.runningSite(Watcher.SITE + 1);
    watcher.awaitDropped(GuardCause.DIGEST);
    watcher.await("refused", () -> watcher.image().refusal() == GuardCause.DIGEST);
    assertFalse(energised());
    hand("button 1");
    watcher.awaitArmed();
    hand("button 0");
    assertEquals(Watcher.SITE + 1, watcher.image().identity().orElseThrow().siteDigest());
  }

  @Test
  void theHardWiredTripOutlivesTheProcessAndNeedsTheButton() throws Exception {
    watcher.awaitArmed();
    hand("trip 1");
    watcher.awaitDropped(GuardCause.TRIP_INPUT);
    assertFalse(energised());
    hand("trip 0");
    guard.destroyForcibly().waitFor();
    watcher.close();
    startGuard();
    watcher = new Watcher(folder.resolve("line"));
    watcher.await("refused", () -> watcher.image().refusal() == GuardCause.TRIP_INPUT);
    assertEquals(GuardCause.TRIP_INPUT, watcher.image().latest().get(1));
    assertFalse(energised());
    hand("button 1");
    watcher.await("pressed", () -> watcher.image().status().orElseThrow().buttonPressed());
    hand("button 0");
    watcher.awaitArmed();
  }

  @Test
  void aResetInTheMiddleDropsItAndTheWholeSequenceArmsItAgain() throws IOException {
    watcher.awaitArmed();
    hand("reset");
    watcher.awaitDropped(GuardCause.RESET);
    watcher.awaitArmed();
    assertTrue(watcher.image().status().orElseThrow().accepted() >= 10);
  }

  @Test
  void aRelayThatSticksKeepsItFromArming() throws IOException {
    watcher.awaitArmed();
    hand("stick 1");
    watcher.scanning(false);
    watcher.awaitDropped(GuardCause.TOO_LATE);
    watcher.scanning(true);
    watcher.await("refused", () -> watcher.image().refusal() == GuardCause.OUTPUT);
    assertFalse(energised());
    hand("stick 0");
    watcher.awaitArmed();
  }

  @Test
  void aGuardThatIsGoneIsLost() throws Exception {
    watcher.awaitArmed();
    guard.destroyForcibly().waitFor();
    watcher.await("lost", () -> watcher.image().state() == GuardState.LOST);
    assertFalse(watcher.image().trouble().isEmpty());
  }
}
