package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fan's outputs when the program ends: nothing is done to the fan any more (S7). */
@Timeout(60)
final class FanEndTest {

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long AFTER_NANOS = 1_500_000_000L;

  /** The start lock on a coil of a board that no zone depends on. */
  private static final UnaryOperator<String> ON_A_COIL =
      text ->
          text.replaceFirst(
                  "(?m)^startLock = .*$", "startLock = { device = \"fan-relays\", coil = 0 }")
              .replaceFirst(
                  "(?m)^\\[\\[point\\]\\]$",
                  """
                  [[device]]
                  name = "fan-relays"
                  line = "power"
                  address = 3
                  map = "relay-waveshare"
                  parameters = { turnaroundMaxMillis = 30, lateReplyMillis = 100 }

                  [[point]]
                  """);

  @TempDir private Path root;
  private SmallMine mine;
  private InterlockProcess process;

  /**
   * @param locked gas above 3.00 while both fans stand
   */
  private void start(UnaryOperator<String> change, boolean locked) throws IOException {
    mine = new SmallMine(root, change).accepted();
    mine.head.set(0, locked ? 310 : 40);
    mine.fansRun(!locked);
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

  private void defect() throws InterruptedException {
    Error defect = new StackOverflowError("a defect of the driver");
    defect.setStackTrace(new StackTraceElement[0]);
    mine.airDefect = Optional.of(defect);
    assertTrue(mine.halted.await(20, TimeUnit.SECONDS), "the process goes on");
  }

  private boolean pinUp() {
    return mine.pins.pin(SmallMine.FAN_PIN).high();
  }

  private boolean coilUp() {
    return mine.fanRelays.energised(0, Clock.SYSTEM.now());
  }

  @Test
  void aLockedStartOnAGpioLineIsLetGoSoThatTheFanCanBeStarted() throws Exception {
    start(text -> text, true);
    assertTrue(comes(this::pinUp, PATIENCE_NANOS), "the start is not locked");
    defect();
    assertFalse(comes(this::pinUp, 0), "the line is still driven");
    assertFalse(comes(this::pinUp, AFTER_NANOS), "it is driven again");
  }

  @Test
  void aLineThatWasNotEnergisedIsNotTouchedByTheEndWhicheverEndItIs() throws Exception {
    start(text -> text, false);
    assertTrue(comes(mine::relayUp, PATIENCE_NANOS), "no power");
    AtomicInteger changes = new AtomicInteger();
    mine.pins.pin(SmallMine.FAN_PIN).watch(_ -> changes.incrementAndGet());
    defect();
    assertFalse(comes(() -> changes.get() > 0, AFTER_NANOS), "the fan was touched");
    process.close();
    start(text -> text, false);
    assertTrue(comes(mine::relayUp, PATIENCE_NANOS), "no power");
    mine.pins.pin(SmallMine.FAN_PIN).watch(_ -> changes.incrementAndGet());
    process.stop();
    assertFalse(comes(() -> changes.get() > 0, AFTER_NANOS), "the fan was touched");
    assertEquals(0, changes.get());
  }

  @Test
  void aCoilKeepsWhatItWasToldWhileEveryZoneIsWrittenOff() throws Exception {
    start(ON_A_COIL, true);
    assertTrue(comes(this::coilUp, PATIENCE_NANOS), "the start is not locked");
    defect();
    assertFalse(comes(() -> !coilUp(), AFTER_NANOS), "the end wrote the fan's coil");
  }

  @Test
  void aCoilThatWasOffStaysOffWhileEveryZoneIsWrittenOff() throws Exception {
    start(ON_A_COIL, false);
    assertTrue(comes(mine::relayUp, PATIENCE_NANOS), "no power");
    defect();
    assertTrue(comes(() -> !mine.relayUp(), AFTER_NANOS), "power is still on");
    assertFalse(comes(this::coilUp, AFTER_NANOS), "the end wrote the fan's coil");
  }
}
