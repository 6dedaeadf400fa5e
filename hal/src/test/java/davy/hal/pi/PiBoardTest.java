package davy.hal.pi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Board;
import davy.hal.BoardRules;
import davy.hal.OutputLine;
import davy.hal.posix.Posix;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PiBoardTest extends BoardRules {

  private static final String CHIP = SIMULATED.chip();

  private final FakeGpioKernel kernel =
      new FakeGpioKernel()
          .chip("gpiochip1", "raspberrypi-exp-gpio", 8, false)
          .chip("gpiochip7", CHIP, SIMULATED.lines(), false)
          .chip("gpiochip9", "latching", 8, true);

  private final PiBoard board = new PiBoard(kernel);

  @Override
  protected Bench bench() {
    return SIMULATED;
  }

  @Override
  protected Board board() {
    return board;
  }

  @Override
  protected Pin pin(Board.LineName line) {
    return under(kernel.pin(line.chip(), line.offset()));
  }

  @AfterEach
  void nothingIsUsedAfterItsCloseAndNothingIsLeftOpen() {
    board.close();
    assertEquals(0, kernel.openNumbers());
    assertTrue(kernel.complaints().isEmpty(), kernel.complaints().toString());
  }

  private static Board.LineName line(int offset) {
    return new Board.LineName(CHIP, offset);
  }

  private String refusal(Board.LineName line) {
    return assertThrows(IOException.class, () -> board.output(line, Board.Active.HIGH))
        .getMessage();
  }

  @Test
  void aLineOfSomebodyElseIsRefusedWithItsUserAndTheRemedy() {
    kernel.taken("gpiochip7", 8, "spi0 CS0");
    assertEquals(
        CHIP
            + " line 8 is in use by spi0 CS0. Stop that program, or free the pin"
            + " (dtparam and dtoverlay lines of config.txt).",
        refusal(line(8)));
  }

  @Test
  void chipsThatMayNotBeOpenedAreNamedWithTheRemedy() {
    kernel.refuseOpen("gpiochip7", Posix.EACCES);
    String message = refusal(line(5));
    assertTrue(message.contains("open /dev/gpiochip7: Permission denied"), message);
    assertTrue(message.endsWith("Add Davy's user to the group gpio."), message);
  }

  @Test
  void aMachineWithoutChipsIsSaidToHaveNone() {
    try (PiBoard bare = new PiBoard(new FakeGpioKernel())) {
      String message =
          assertThrows(IOException.class, () -> bare.output(line(5), Board.Active.HIGH))
              .getMessage();
      assertTrue(message.contains("there are: []"), message);
    }
  }

  @Test
  void aSecondDeviceFileOfOneChipIsOneChip() throws IOException {
    kernel.alias("gpiochip4", "gpiochip7");
    board.output(line(5), Board.Active.HIGH).drive(true);
    assertTrue(pin(line(5)).high());
  }

  @Test
  void twoChipsOfOneLabelAreRefused() {
    kernel.chip("gpiochip8", CHIP, 8, false);
    String message = refusal(line(5));
    assertTrue(message.contains("several GPIO chips have this label"), message);
    assertTrue(message.contains("gpiochip7") && message.contains("gpiochip8"), message);
  }

  @Test
  void theSameOffsetOfTwoChipsIsTwoLines() throws IOException {
    Board.LineName other = new Board.LineName("raspberrypi-exp-gpio", 5);
    board.output(line(5), Board.Active.HIGH).drive(true);
    board.output(other, Board.Active.HIGH);
    assertTrue(pin(line(5)).high());
    assertFalse(pin(other).high());
  }

  @Test
  void aDriverThatLatchesLevelsIsLeftDeEnergised() throws IOException {
    Board.LineName latching = new Board.LineName("latching", 2);
    Board.LineName lowActive = new Board.LineName("latching", 3);
    board.output(latching, Board.Active.HIGH).drive(true);
    board.output(lowActive, Board.Active.LOW).drive(true);
    board.close();
    assertFalse(pin(latching).high());
    assertTrue(pin(lowActive).high());
  }

  @Test
  void aChipThatIsGoneIsAnErrorOfTheLineByName() throws IOException {
    OutputLine relay = board.output(line(5), Board.Active.HIGH);
    kernel.failLines(Posix.ENODEV);
    String message = assertThrows(IOException.class, () -> relay.drive(true)).getMessage();
    assertEquals(CHIP + " line 5: ioctl: No such device (errno 19)", message);
    assertThrows(IOException.class, relay::senses);
    board.close();
  }

  @Test
  void aCloseInTheMiddleOfADriveLeavesTheRelayDeEnergised() throws Exception {
    for (int round = 0; round < 20; round++) {
      FakeGpioKernel latching = new FakeGpioKernel().chip("gpiochip0", CHIP, 8, true);
      PiBoard driven = new PiBoard(latching);
      OutputLine relay = driven.output(line(5), Board.Active.HIGH);
      AtomicLong drives = new AtomicLong();
      Thread scan =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        relay.drive(true);
                        drives.incrementAndGet();
                      }
                    } catch (IOException _) {
                      // Closed, as it should be.
                    }
                  });
      while (drives.get() < 50) {
        Thread.onSpinWait();
      }
      driven.close();
      scan.join();
      assertFalse(latching.pin(CHIP, 5).high());
      assertEquals(0, latching.openNumbers());
      assertTrue(latching.complaints().isEmpty(), latching.complaints().toString());
    }
  }
}
