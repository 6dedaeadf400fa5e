package davy.controller;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.controller.journal.SavedNames;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How each zone of a site is wired, in words that change exactly when its output, feed, supply or
 * points do: a zone whose words are not the accepted ones is due for a proof test (S18). They are
 * compared across versions of the program, so they name what they say and keep their form.
 */
public final class Wiring {

  private final Site site;

  private Wiring(Site site) {
    this.site = site;
  }

  public static SavedNames names(Site site) {
    Wiring wiring = new Wiring(site);
    return new SavedNames(
        site.name(),
        site.digest(),
        site.text(),
        site.zones().stream()
            .map(zone -> new SavedNames.Zone(zone.name(), wiring.zone(zone)))
            .toList(),
        site.plan().fans().stream().map(Plan.Fan::name).toList(),
        site.plan().points().stream().map(Plan.Point::name).toList());
  }

  private String zone(Site.Zone zone) {
    Plan.Zone plan = site.plan().zones().get(site.zones().indexOf(zone));
    return "output %s; feed %s; closing %s; upstream %s; points %s"
        .formatted(
            output(zone.output()),
            zone.feed().map(this::contact).orElse("-"),
            zone.closing(),
            plan.upstream().isPresent()
                ? site.plan().zones().get(plan.upstream().getAsInt()).name()
                : "-",
            plan.points().stream().map(this::point).collect(Collectors.joining(", ")));
  }

  private String output(Site.Output output) {
    return switch (output) {
      case Site.Output.Gpio gpio -> "gpio " + gpio.line() + " " + gpio.active();
      case Site.Output.Coil coil -> {
        SlavePlan slave = slave(coil.line(), coil.slave());
        yield "%s coil %d".formatted(at(coil.line(), slave), slave.coils().get(coil.coil()).coil());
      }
    };
  }

  private String contact(Site.Contact contact) {
    return switch (contact) {
      case Site.Contact.Gpio gpio ->
          "gpio "
              + gpio.line()
              + " "
              + gpio.active()
              + gpio.antivalent().map(other -> " against " + other).orElse("");
      case Site.Contact.Bus bus ->
          channel(bus.source())
              + (bus.closedIs() ? " closed" : " open")
              + bus.antivalent().map(other -> " against " + channel(other)).orElse("");
    };
  }

  private String point(int index) {
    Optional<Site.Point> point =
        site.points().stream().filter(one -> one.interlockIndex() == index).findFirst();
    return site.plan().points().get(index).name()
        + point.map(one -> " at " + channel(one.source())).orElse("");
  }

  private String channel(Site.ChannelRef ref) {
    SlavePlan slave = slave(ref.line(), ref.slave());
    return at(ref.line(), slave) + " channel " + slave.map().channels().get(ref.channel()).name();
  }

  private SlavePlan slave(int line, int slave) {
    return site.lines().get(line).plan().slaves().get(slave);
  }

  private String at(int line, SlavePlan slave) {
    return "%s/%d %s".formatted(site.lines().get(line).port(), slave.address(), slave.map().name());
  }
}
