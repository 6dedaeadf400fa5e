package davy.hal.pi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Board.Active;
import davy.hal.Board.LineName;
import davy.hal.Board.Pull;
import davy.hal.pi.GpioSurvey.Bias;
import davy.hal.pi.GpioSurvey.Found;
import davy.hal.posix.ErrnoException;
import davy.hal.posix.Posix;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GpioSurveyTest {

  private final FakeGpioKernel kernel =
      new FakeGpioKernel().chip("gpiochip0", "pinctrl-bcm2835", 54, false);
  private final GpioSurvey survey = new GpioSurvey(kernel);

  @Test
  void chipsAreToldByLabelAndOneThatIsForbiddenByItsReason() throws IOException {
    kernel.chip("gpiochip1", "raspberrypi-exp-gpio", 8, false);
    kernel.refuseOpen("gpiochip1", Posix.EACCES);
    List<Found> found = survey.chips();
    Found.Chip chip = assertInstanceOf(Found.Chip.class, found.getFirst());
    assertEquals("pinctrl-bcm2835", chip.label());
    assertEquals(54, chip.lines());
    Found.Refused refused = assertInstanceOf(Found.Refused.class, found.getLast());
    assertTrue(refused.why().contains("denied"), refused.why());
  }

  @Test
  void aLineIsToldWithItsHolderAndPullAndNothingIsClaimed() throws IOException {
    Found.Chip chip = (Found.Chip) survey.chips().getFirst();
    assertEquals(new GpioSurvey.Line(17, false, "", false, Bias.UNKNOWN), survey.line(chip, 17));
    try (PiBoard board = new PiBoard(kernel)) {
      board.output(new LineName("pinctrl-bcm2835", 17), Active.HIGH);
      board.input(new LineName("pinctrl-bcm2835", 22), Active.LOW, Pull.UP);
      assertEquals(
          new GpioSurvey.Line(17, true, "davy", true, Bias.UNKNOWN), survey.line(chip, 17));
      assertEquals(new GpioSurvey.Line(22, true, "davy", false, Bias.UP), survey.line(chip, 22));
      assertEquals(List.of(), kernel.complaints());
    }
    assertEquals(0, kernel.openNumbers());
    assertThrows(ErrnoException.class, () -> survey.line(chip, 54));
  }
}
