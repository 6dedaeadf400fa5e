package davy.controller.doctor;

import davy.controller.config.Site;
import davy.controller.doctor.Finding.Area;
import davy.hal.pi.GpioSurvey;
import davy.hal.pi.GpioSurvey.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GPIO chips by label, and what becomes of their outputs when Davy dies. */
final class GpioExam {

  private static final String RESISTOR =
      "A resistor of its own must hold each relay's input at rest; a GPIO level is no dead-man.";

  private static final String GUARD =
      "No resistor helps while a pin is driven: only a guard in series then drops the relays.";

  private static final String GROUP = "Add this user to the group gpio";

  /** Its labels end so; its driver has nothing to let a line go with. */
  private static final String PL061 = "pl061";

  /** The chips of a machine. */
  interface Chips {
    List<Found> all() throws IOException;

    GpioSurvey.Line line(Found.Chip chip, int offset) throws IOException;

    /** The kernel's own. */
    static Chips of(GpioSurvey survey) {
      return new Chips() {
        @Override
        public List<Found> all() throws IOException {
          return survey.chips();
        }

        @Override
        public GpioSurvey.Line line(Found.Chip chip, int offset) throws IOException {
          return survey.line(chip, offset);
        }
      };
    }
  }

  private final Machine machine;
  private final Chips survey;
  private final List<Finding> findings = new ArrayList<>();

  GpioExam(Machine machine, Chips survey) {
    this.machine = machine;
    this.survey = survey;
  }

  List<Finding> look(Optional<Site> site) {
    List<Found> found = found();
    List<Found.Chip> chips = new ArrayList<>();
    for (Found each : found) {
      switch (each) {
        case Found.Chip chip -> {
          if (chips.stream().noneMatch(known -> known.name().equals(chip.name()))) {
            chips.add(chip);
            chip(chip);
          }
        }
        case Found.Refused(var device, String why) ->
            findings.add(Finding.note(Area.GPIO, device.toString(), why, GROUP));
      }
    }
    boolean whole = found.stream().noneMatch(Found.Refused.class::isInstance);
    PinExam pins = new PinExam(survey, chips, whole ? "Load the chip's driver" : GROUP);
    site.ifPresent(of -> findings.addAll(pins.look(of)));
    return List.copyOf(findings);
  }

  private List<Found> found() {
    try {
      List<Found> found = survey.all();
      if (found.isEmpty()) {
        findings.add(Finding.note(Area.GPIO, "chips", "this machine has no GPIO chip", ""));
      }
      return found;
    } catch (IOException failed) {
      findings.add(Finding.note(Area.GPIO, "chips", failed.getMessage(), ""));
      return List.of();
    }
  }

  private void chip(Found.Chip chip) {
    String subject = "\"" + chip.label() + "\"";
    findings.add(
        Finding.good(Area.GPIO, subject, chip.name() + " with " + chip.lines() + " lines"));
    findings.add(
        switch (afterDeath(chip)) {
          case KEPT ->
              Finding.note(
                  Area.GPIO,
                  subject,
                  "this kernel keeps outputs driven after Davy dies" + setting(chip),
                  GUARD);
          case RELEASED ->
              Finding.note(
                  Area.GPIO,
                  subject,
                  "this kernel turns outputs into inputs when Davy dies",
                  RESISTOR);
          case UNKNOWN ->
              Finding.note(
                  Area.GPIO,
                  subject,
                  "not known what this driver does with outputs when Davy dies: take it that they"
                      + " stay driven",
                  GUARD);
        });
  }

  /** What becomes of outputs whose process is gone. */
  private enum AfterDeath {
    KEPT,
    RELEASED,
    UNKNOWN
  }

  private AfterDeath afterDeath(Found.Chip chip) {
    if (keepsOutputs(chip).map("Y"::equals).orElse(false) || chip.label().endsWith(PL061)) {
      return AfterDeath.KEPT;
    }
    return chip.label().startsWith("pinctrl-bcm") ? AfterDeath.RELEASED : AfterDeath.UNKNOWN;
  }

  private static String setting(Found.Chip chip) {
    return chip.label().endsWith(PL061)
        ? ": a PL061 lets no line go"
        : " (persist_gpio_outputs=Y; with 0 on the kernel's command line it releases them)";
  }

  /** Y or N as the driver says; empty where it has no such setting. */
  private Optional<String> keepsOutputs(Found.Chip chip) {
    if (chip.label().startsWith("pinctrl-bcm")) {
      return machine.text("/sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs");
    }
    return chip.label().startsWith("pinctrl-rp1")
        ? machine.text("/sys/module/pinctrl_rp1/parameters/persist_gpio_outputs")
        : Optional.empty();
  }
}
