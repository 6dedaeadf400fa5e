package davy.controller.doctor;

import davy.controller.config.Site;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Output;
import davy.controller.doctor.Finding.Area;
import davy.hal.Board.LineName;
import davy.hal.Board.Pull;
import davy.hal.pi.GpioSurvey;
import davy.hal.pi.GpioSurvey.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** GPIO chips by label, what becomes of their outputs when Davy dies, and the site's own lines. */
final class GpioExam {

  private static final String RESISTOR =
      "A resistor of its own must hold each relay's input at rest; a GPIO level is no dead-man.";

  private static final String GUARD =
      "No resistor helps while a pin is driven: only a guard in series then drops the relays.";

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
    List<Found> found;
    try {
      found = survey.all();
    } catch (IOException failed) {
      return List.of(Finding.note(Area.GPIO, "chips", failed.getMessage(), ""));
    }
    for (Found each : found) {
      switch (each) {
        case Found.Chip chip -> chip(chip);
        case Found.Refused(var device, String why) ->
            findings.add(
                Finding.note(
                    Area.GPIO, device.toString(), why, "Add this user to the group gpio."));
      }
    }
    if (found.isEmpty()) {
      findings.add(Finding.note(Area.GPIO, "chips", "this machine has no GPIO chip", ""));
    }
    List<Found.Chip> chips =
        found.stream().filter(Found.Chip.class::isInstance).map(Found.Chip.class::cast).toList();
    site.ifPresent(of -> lines(of, chips));
    return List.copyOf(findings);
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

  private void lines(Site site, List<Found.Chip> chips) {
    outputs(site).forEach(line -> wanted(line, chips, "output", Pull.NONE));
    contacts(site)
        .forEach(
            contact ->
                Stream.concat(Stream.of(contact.line()), contact.antivalent().stream())
                    .forEach(line -> wanted(line, chips, "input", contact.pull())));
  }

  private static Stream<LineName> outputs(Site site) {
    Stream<Output> zones = site.zones().stream().map(Site.Zone::output);
    Stream<Output> fans =
        site.fans().stream()
            .flatMap(fan -> Stream.concat(fan.stop().stream(), Stream.of(fan.startLock())));
    Stream<Output> tellers =
        Stream.concat(site.annunciator().lamp().stream(), site.annunciator().sounder().stream());
    return Stream.of(zones, fans, tellers)
        .flatMap(outputs -> outputs)
        .filter(Output.Gpio.class::isInstance)
        .map(output -> ((Output.Gpio) output).line());
  }

  private static Stream<Contact.Gpio> contacts(Site site) {
    Stream<Contact> feeds = site.zones().stream().flatMap(zone -> zone.feed().stream());
    Stream<Contact> machines =
        site.fans().stream().flatMap(fan -> fan.machines().stream().map(Site.Machine::running));
    return Stream.concat(Stream.concat(feeds, machines), site.consentKey().stream())
        .filter(Contact.Gpio.class::isInstance)
        .map(Contact.Gpio.class::cast);
  }

  private void wanted(LineName line, List<Found.Chip> chips, String use, Pull pull) {
    List<Found.Chip> named =
        chips.stream().filter(chip -> chip.label().equals(line.chip())).toList();
    if (named.isEmpty()) {
      findings.add(
          Finding.wrong(
              Area.GPIO,
              line.toString(),
              "no chip has this label",
              "Correct the site file, or load the chip's driver."));
      return;
    }
    try {
      GpioSurvey.Line state = survey.line(named.getFirst(), line.offset());
      boolean ours = state.consumer().isEmpty() || state.consumer().equals("davy");
      String words = use + ", " + pull(use, pull);
      findings.add(
          ours
              ? Finding.good(Area.GPIO, line.toString(), words)
              : Finding.wrong(
                  Area.GPIO,
                  line.toString(),
                  "in use by " + state.consumer(),
                  "Stop that program, or free the pin in config.txt."));
    } catch (IOException failed) {
      findings.add(
          Finding.wrong(Area.GPIO, line.toString(), failed.getMessage(), "Correct the site file."));
    }
  }

  private static String pull(String use, Pull pull) {
    return switch (pull) {
      case NONE ->
          use.equals("output")
              ? "held at rest by an outer resistor alone"
              : "no pull of the chip's";
      case UP -> "pulled up by the chip while Davy runs";
      case DOWN -> "pulled down by the chip while Davy runs";
    };
  }
}
