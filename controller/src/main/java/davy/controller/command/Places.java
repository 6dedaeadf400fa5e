package davy.controller.command;

import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.Site;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Output;

/** Where outputs and contacts are wired, in words. */
final class Places {

  private final Site site;

  Places(Site site) {
    this.site = site;
  }

  String output(Output output) {
    return switch (output) {
      case Output.Gpio gpio -> gpio.line() + ", plain level";
      case Output.Coil coil -> {
        SlavePlan slave = site.lines().get(coil.line()).plan().slaves().get(coil.slave());
        CoilPlan plan = slave.coils().get(coil.coil());
        yield "%s coil %d, %s"
            .formatted(
                slave.name(),
                plan.coil(),
                plan.pulseMillis() == 0
                    ? "plain level"
                    : "self-dropping %d ms".formatted(plan.pulseMillis()));
      }
    };
  }

  String contact(Contact contact) {
    return switch (contact) {
      case Contact.Gpio gpio ->
          gpio.line() + gpio.antivalent().map(other -> " and " + other).orElse("");
      case Contact.Bus bus -> {
        ChannelRef source = bus.source();
        SlavePlan slave = site.lines().get(source.line()).plan().slaves().get(source.slave());
        yield slave.name()
            + " "
            + channel(slave, source)
            + bus.antivalent().map(other -> " and " + channel(slave, other)).orElse("");
      }
    };
  }

  private static String channel(SlavePlan slave, ChannelRef source) {
    return slave.map().channels().get(source.channel()).name();
  }
}
