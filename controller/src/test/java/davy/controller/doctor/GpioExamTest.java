package davy.controller.doctor;

import static davy.controller.doctor.Patient.assertSays;
import static davy.controller.doctor.Patient.worst;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.doctor.Finding.Grade;
import davy.hal.pi.GpioSurvey;
import davy.hal.pi.GpioSurvey.Bias;
import davy.hal.pi.GpioSurvey.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chips and lines as a kernel would show them; the example heading uses lines 22, 23 and 24. */
final class GpioExamTest {

  private static final String PI = "pinctrl-bcm2711";
  private static final String START_LOCK = PI + " line 24";
  private static final String PERSIST =
      "/sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs";

  @TempDir Path root;
  private Patient patient;
  private final Kernel kernel = new Kernel();

  @BeforeEach
  void admits() {
    patient = new Patient(root);
  }

  /** All lines are free but those that are given away. */
  private static final class Kernel implements GpioExam.Chips {

    private final List<Found> found = new ArrayList<>();
    private final Map<Integer, String> holders = new HashMap<>();
    private String failure = "";

    Kernel chip(String device, String name, String label) {
      found.add(new Found.Chip(Path.of("/dev", device), name, label, 58));
      return this;
    }

    @Override
    public List<Found> all() throws IOException {
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
      return found;
    }

    @Override
    public GpioSurvey.Line line(Found.Chip chip, int offset) throws IOException {
      if (offset >= chip.lines()) {
        throw new IOException("ioctl: Invalid argument");
      }
      boolean used = holders.containsKey(offset);
      String holder = holders.getOrDefault(offset, "");
      return new GpioSurvey.Line(offset, used, holder, true, Bias.UNKNOWN);
    }
  }

  private List<Finding> look(Optional<Site> site) {
    return new GpioExam(patient.machine(), kernel).look(site);
  }

  private List<Finding> look() {
    return look(Optional.empty());
  }

  private List<Finding> lookAtHeading() throws IOException {
    return look(Optional.of(patient.heading(PI, PI)));
  }

  private List<Finding> lookAtHeading(String old, String replacement) throws IOException {
    return look(Optional.of(patient.heading(old, replacement)));
  }

  @Test
  void chipsAreToldByLabelOnceWhateverTheyAreCalledByAndAForbiddenOneByItsReason() {
    kernel.chip("gpiochip0", "gpiochip0", PI).chip("gpiochip4", "gpiochip0", PI);
    kernel.found.add(new Found.Refused(Path.of("/dev/gpiochip1"), "open: Permission denied"));
    List<Finding> findings = look();
    assertSays(findings, Grade.GOOD, "\"" + PI + "\": gpiochip0 with 58 lines");
    assertEquals(1, findings.stream().filter(f -> f.grade() == Grade.GOOD).count(), "" + findings);
    assertSays(findings, Grade.NOTE, "/dev/gpiochip1: open: Permission denied");
  }

  @Test
  void whatBecomesOfOutputsIsToldOfEachDriver() throws IOException {
    assertAfterDeath("pinctrl-bcm2835", "turns outputs into inputs when Davy dies");
    patient.file(PERSIST, "N");
    assertAfterDeath("pinctrl-bcm2835", "turns outputs into inputs when Davy dies");
    patient.file(PERSIST, "Y");
    assertAfterDeath("pinctrl-bcm2835", "keeps outputs driven after Davy dies (persist_gpio");
    assertAfterDeath("9030000.pl061", "keeps outputs driven after Davy dies: a PL061 lets no");
    assertAfterDeath("pinctrl-rp1", "not known what this driver does");
    patient.file("/sys/module/pinctrl_rp1/parameters/persist_gpio_outputs", "Y");
    assertAfterDeath("pinctrl-rp1", "keeps outputs driven after Davy dies");
    assertAfterDeath("gpio-mxc", "take it that they stay driven");
  }

  private void assertAfterDeath(String label, String words) {
    kernel.found.clear();
    kernel.chip("gpiochip0", "gpiochip0", label);
    assertSays(look(), Grade.NOTE, words);
  }

  @Test
  void aMachineWithoutChipsIsToldOfAndWrongOnlyForASiteThatNeedsOne() throws IOException {
    assertSays(look(), Grade.NOTE, "chips: this machine has no GPIO chip");
    assertEquals(Grade.NOTE, worst(look()));
    assertSays(lookAtHeading(), Grade.WRONG, START_LOCK + ": no chip has this label");
    kernel.failure = "/dev: Permission denied";
    assertSays(look(), Grade.NOTE, "chips: /dev: Permission denied");
    assertSays(lookAtHeading(), Grade.WRONG, START_LOCK + ": no chip has this label");
  }

  @Test
  void aLabelThatNoChipHasIsWrongAndMayBeAChipThatThisUserMayNotSee() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", "pinctrl-bcm2835");
    assertSays(lookAtHeading(), Grade.WRONG, START_LOCK + ": no chip has this label");
    assertRemedy("Load the chip's driver");
    kernel.found.add(new Found.Refused(Path.of("/dev/gpiochip1"), "open: Permission denied"));
    assertRemedy("Add this user to the group gpio");
  }

  private void assertRemedy(String remedy) throws IOException {
    assertTrue(
        lookAtHeading().stream()
            .filter(finding -> finding.grade() == Grade.WRONG)
            .allMatch(finding -> finding.remedy().startsWith(remedy)));
  }

  @Test
  void aLabelThatTwoChipsHaveIsWrongAndAnAliasIsNoSecondChip() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", PI).chip("gpiochip4", "gpiochip0", PI);
    assertEquals(Grade.NOTE, worst(lookAtHeading()));
    kernel.chip("gpiochip1", "gpiochip1", PI);
    assertSays(
        lookAtHeading(),
        Grade.WRONG,
        START_LOCK + ": several chips have this label: gpiochip0, gpiochip1");
  }

  @Test
  void aLineThatSomebodyElseHoldsIsWrongAndOneThatDavyHoldsIsNot() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", PI);
    assertSays(lookAtHeading(), Grade.GOOD, START_LOCK + ": output");
    kernel.holders.put(24, "davy");
    assertSays(lookAtHeading(), Grade.GOOD, START_LOCK + ": output");
    kernel.holders.put(24, "spi0 CS0");
    assertSays(lookAtHeading(), Grade.WRONG, START_LOCK + ": in use by spi0 CS0");
    kernel.holders.put(24, "");
    assertSays(lookAtHeading(), Grade.WRONG, START_LOCK + ": in use by somebody without a name");
    assertSays(lookAtHeading(), Grade.GOOD, PI + " line 22: output");
  }

  @Test
  void aLineThatTheChipDoesNotHaveIsWrong() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", PI);
    assertSays(
        lookAtHeading("line = 24", "line = 58"), Grade.WRONG, PI + " line 58: ioctl: Invalid");
    assertSays(lookAtHeading("line = 24", "line = 57"), Grade.GOOD, PI + " line 57: output");
  }

  /** Until Davy claims a line, and when it has died, the chip's own pull decides. */
  @Test
  void anOutputThatThePisOwnPullEnergisesIsToldOf() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", PI);
    assertPulled(
        "line = 9, active = \"high\"", Grade.GOOD, "pulled down by the chip from power-on");
    assertPulled("line = 8, active = \"low\"", Grade.GOOD, "pulled up by the chip from power-on");
    assertPulled(
        "line = 8, active = \"high\"", Grade.NOTE, "energised whenever Davy does not hold");
    assertPulled("line = 9, active = \"low\"", Grade.NOTE, "energised whenever Davy does not hold");
    assertPulled(
        "line = 27, active = \"low\"", Grade.NOTE, "energised whenever Davy does not hold");
    assertPulled("line = 28, active = \"low\"", Grade.GOOD, "held at rest by an outer resistor");
    kernel.found.clear();
    kernel.chip("gpiochip0", "gpiochip0", "gpio-mxc");
    assertSays(
        lookAtHeading(PI, "gpio-mxc"), Grade.GOOD, "line 24: output, held at rest by an outer");
  }

  private void assertPulled(String line, Grade grade, String words) throws IOException {
    String name = PI + " " + line.substring(0, line.indexOf(',')).replace("= ", "");
    List<Finding> findings = lookAtHeading("line = 24, active = \"high\"", line);
    assertSays(findings, grade, words);
    assertTrue(
        findings.stream().anyMatch(f -> f.subject().equals(name) && f.words().contains(words)),
        () -> name + " in " + findings);
  }

  @Test
  void inputsAreToldWithThePullThatTheSiteAsksForAndBothLinesOfAPair() throws IOException {
    kernel.chip("gpiochip0", "gpiochip0", PI);
    String feed = "feed = { device = \"inputs\", channel = \"input-1\", live = \"closed\" }";
    assertInput(feed, "pull = \"up\"", "pulled up by the chip while Davy runs");
    assertInput(feed, "pull = \"down\"", "pulled down by the chip while Davy runs");
    assertInput(feed, "pull = \"none\"", "no pull of the chip's");
    kernel.holders.put(6, "w1");
    assertSays(
        lookAtHeading(feed, contact("pull = \"up\"")), Grade.WRONG, PI + " line 6: in use by w1");
  }

  private void assertInput(String feed, String pull, String words) throws IOException {
    List<Finding> findings = lookAtHeading(feed, contact(pull));
    assertSays(findings, Grade.GOOD, PI + " line 5: input, " + words);
    assertSays(findings, Grade.GOOD, PI + " line 6: input, " + words);
  }

  private static String contact(String pull) {
    return "feed = { chip = \"%s\", line = 5, antivalent = 6, active = \"high\", %s }"
        .formatted(PI, pull);
  }
}
