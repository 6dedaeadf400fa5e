package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.journal.Chain;
import davy.controller.journal.Fingerprint;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads of the real process, and how they end. */
@Timeout(60)
final class InterlockProcessTest {

  /** Shorter than the pulse: a relay that is down by then was written off. */
  private static final long WRITTEN_NANOS = 500_000_000L;

  private static final long PULSE_NANOS = 1_000_000_000L;

  @TempDir private Path root;
  private SmallMine mine;
  private InterlockProcess process;

  @BeforeEach
  void start() throws IOException {
    mine = new SmallMine(root).accepted();
    process = mine.process();
    process.begin(() -> {});
  }

  @AfterEach
  void end() {
    if (mine.halted.getCount() > 0) {
      process.stop();
    } else {
      process.close();
    }
  }

  private static boolean comes(BooleanSupplier condition, long nanos) {
    long end = System.nanoTime() + nanos;
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return condition.getAsBoolean();
  }

  private void awaitPower() {
    assertTrue(comes(() -> mine.relayUp() && mine.pinUp(), 20_000_000_000L), "no power");
  }

  /** Every zone dead before a pulse could end by itself, the process ended, and dead it stays. */
  private void assertWithheldForGood() throws InterruptedException {
    assertTrue(comes(() -> !mine.relayUp() && !mine.pinUp(), WRITTEN_NANOS), "power is still on");
    assertTrue(mine.halted.await(2, TimeUnit.SECONDS), "the process goes on");
    assertFalse(comes(() -> mine.relayUp() || mine.pinUp(), 2 * PULSE_NANOS), "power is back");
  }

  private String journal() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.list(mine.folders.journal())) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @Test
  void aScanThatThrowsWithholdsEveryZoneAndEndsTheProcess() throws Exception {
    awaitPower();
    mine.outputTrouble = Optional.of(new IOException("the chip is gone"));
    assertWithheldForGood();
    assertTrue(journal().contains("the chip is gone"), "nobody is told why");
  }

  @Test
  void anErrorInTheThreadOfALineWithoutZonesWithholdsEveryZoneAndEndsTheProcess() throws Exception {
    awaitPower();
    Error defect = new StackOverflowError("a defect of the driver");
    defect.setStackTrace(new StackTraceElement[0]);
    mine.airDefect = Optional.of(defect);
    assertTrue(comes(() -> mine.airThrew, 5_000_000_000L), "the line was never asked");
    assertWithheldForGood();
    assertTrue(journal().contains("a defect of the driver"), "nobody is told why");
  }

  @Test
  void theJournalOfARunBeginsWithItsProfileAndWhetherAnybodyReviewedIt() throws IOException {
    awaitPower();
    process.stop();
    String profile =
        "\"profile\":\"cn-aq1029-heading\",\"profileDigest\":\"[0-9a-f]{64}\","
            + "\"profileReviewed\":false,\"bench\":true";
    assertTrue(Pattern.compile(profile).matcher(journal()).find(), journal());
  }

  @Test
  void aLatchFileLostBetweenTwoRunsKeepsEveryZoneWithheld() throws Exception {
    awaitPower();
    process.stop();
    assertTrue(comes(() -> !mine.relayUp() && !mine.pinUp(), WRITTEN_NANOS), "power is still on");
    Files.delete(mine.folders.interlock().resolve("latches.a"));
    Files.delete(mine.folders.interlock().resolve("latches.b"));
    mine = new SmallMine(root);
    process = mine.process();
    process.begin(() -> {});
    try (LinkClient client =
        LinkClient.start(mine.folders.run(), LinkClient.Kind.WATCHER, _ -> {}, Clock.SYSTEM)) {
      BooleanSupplier latched =
          () ->
              client
                  .latest()
                  .map(frame -> frame.json().split("\"seen\":[^]]*LATCHES_LOST", -1).length == 3)
                  .orElse(false);
      assertTrue(
          comes(latched, 20_000_000_000L), "both zones should be latched: " + client.latest());
    }
    assertFalse(comes(() -> mine.relayUp() || mine.pinUp(), 2 * PULSE_NANOS), "power is back");
  }

  @Test
  void aStopLeavesAJournalThatIsSignedToItsEndByTheKeyOfTheDevice() throws Exception {
    awaitPower();
    process.stop();
    String key = Fingerprint.named(mine.folders.interlock().resolve("device.key").toString());
    Chain.Verdict verdict = Chain.verify(mine.folders.journal(), Set.of(key), Map.of());
    Chain.Totals totals =
        switch (verdict) {
          case Chain.Verdict.Consistent consistent -> consistent.totals();
          case Chain.Verdict.Damaged damaged -> throw new AssertionError(damaged.damage());
        };
    assertEquals(totals.lastSeq() - 1, totals.signedSeq());
  }

  @Test
  void aSecondInterlockOfTheSameFoldersIsRefusedAndTheFirstGoesOn() {
    awaitPower();
    IOException refused = assertThrows(IOException.class, () -> new SmallMine(root).process());
    assertTrue(refused.getMessage().contains("another"), refused.getMessage());
    assertFalse(comes(() -> !mine.relayUp() || !mine.pinUp(), 2 * PULSE_NANOS), "power went off");
    assertEquals(1, mine.halted.getCount());
  }
}
