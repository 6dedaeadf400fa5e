package davy.controller.doctor;

import davy.controller.config.Site;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Output;
import davy.controller.doctor.Finding.Area;
import davy.hal.Board.Active;
import davy.hal.Board.LineName;
import davy.hal.Board.Pull;
import davy.hal.pi.GpioSurvey;
import davy.hal.pi.GpioSurvey.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The site's own GPIO lines: whether they are there and free, and what pulls them. */
final class PinExam {

  /** On a Pi's header: from power-on until somebody says otherwise, 0 to 8 are pulled up. */
  private static final int LAST_PULLED_UP = 8;

  /** The rest of the header is pulled down (BCM2835 ARM Peripherals, table 6-31; RP1 the same). */
  private static final int LAST_OF_HEADER = 27;

  private static final List<String> PI = List.of("pinctrl-bcm", "pinctrl-rp1");

  private final GpioExam.Chips survey;
  private final List<Found.Chip> chips;
  private final String unseen;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param chips of this machine, each once
   * @param unseen what to do about a chip that is not among them
   */
  PinExam(GpioExam.Chips survey, List<Found.Chip> chips, String unseen) {
    this.survey = survey;
    this.chips = chips;
    this.unseen = unseen;
  }

  List<Finding> look(Site site) {
    outputs(site).forEach(output -> wanted(output.line(), output(output)));
    contacts(site)
        .forEach(
            contact ->
                Stream.concat(Stream.of(contact.line()), contact.antivalent().stream())
                    .forEach(line -> wanted(line, input(line, contact.pull()))));
    return List.copyOf(findings);
  }

  private static Stream<Output.Gpio> outputs(Site site) {
    Stream<Output> zones = site.zones().stream().map(Site.Zone::output);
    Stream<Output> fans =
        site.fans().stream()
            .flatMap(fan -> Stream.concat(fan.stop().stream(), Stream.of(fan.startLock())));
    Stream<Output> tellers =
        Stream.concat(site.annunciator().lamp().stream(), site.annunciator().sounder().stream());
    return Stream.of(zones, fans, tellers)
        .flatMap(outputs -> outputs)
        .filter(Output.Gpio.class::isInstance)
        .map(Output.Gpio.class::cast);
  }

  private static Stream<Contact.Gpio> contacts(Site site) {
    Stream<Contact> feeds = site.zones().stream().flatMap(zone -> zone.feed().stream());
    Stream<Contact> machines =
        site.fans().stream().flatMap(fan -> fan.machines().stream().map(Site.Machine::running));
    return Stream.concat(Stream.concat(feeds, machines), site.consentKey().stream())
        .filter(Contact.Gpio.class::isInstance)
        .map(Contact.Gpio.class::cast);
  }

  /**
   * @param good what is said of the line where nothing is in its way
   */
  private void wanted(LineName line, Finding good) {
    List<Found.Chip> named =
        chips.stream().filter(chip -> chip.label().equals(line.chip())).toList();
    if (named.size() != 1) {
      findings.add(
          named.isEmpty()
              ? wrong(line, "no chip has this label", unseen + ", or correct the site file.")
              : wrong(
                  line,
                  named.stream()
                      .map(Found.Chip::name)
                      .collect(Collectors.joining(", ", "several chips have this label: ", "")),
                  "Unload the driver of all but one; Davy takes none of them."));
      return;
    }
    try {
      findings.add(held(survey.line(named.getFirst(), line.offset()), line, good));
    } catch (IOException failed) {
      findings.add(wrong(line, failed.getMessage(), "Correct the site file."));
    }
  }

  private static Finding held(GpioSurvey.Line state, LineName line, Finding good) {
    if (!state.used() || state.consumer().equals("davy")) {
      return good;
    }
    return wrong(
        line,
        "in use by " + (state.consumer().isEmpty() ? "somebody without a name" : state.consumer()),
        "Stop that program, or free the pin (dtparam and dtoverlay lines of config.txt).");
  }

  private static Finding output(Output.Gpio output) {
    LineName line = output.line();
    if (PI.stream().noneMatch(line.chip()::startsWith) || line.offset() > LAST_OF_HEADER) {
      return good(line, "output, held at rest by an outer resistor alone");
    }
    boolean up = line.offset() <= LAST_PULLED_UP;
    String pulled = "output, pulled " + (up ? "up" : "down") + " by the chip from power-on";
    return up == (output.active() == Active.LOW)
        ? good(line, pulled + ": at rest")
        : Finding.note(
            Area.GPIO,
            line.toString(),
            pulled + ": energised whenever Davy does not hold it",
            "Take a line of "
                + (up ? "9 to 27" : "0 to 8")
                + ", or a resistor that wins over the chip's 50 kΩ.");
  }

  private static Finding input(LineName line, Pull pull) {
    return good(
        line,
        switch (pull) {
          case NONE -> "input, no pull of the chip's";
          case UP -> "input, pulled up by the chip while Davy runs";
          case DOWN -> "input, pulled down by the chip while Davy runs";
        });
  }

  private static Finding good(LineName line, String words) {
    return Finding.good(Area.GPIO, line.toString(), words);
  }

  private static Finding wrong(LineName line, String words, String remedy) {
    return Finding.wrong(Area.GPIO, line.toString(), words, remedy);
  }
}
