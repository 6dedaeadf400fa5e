package davy.controller.config;

import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.Site.Annunciator;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Fan;
import davy.controller.config.Site.Line;
import davy.controller.config.Site.Machine;
import davy.controller.config.Site.Output;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.controller.interlock.Plan;
import java.util.List;
import java.util.OptionalInt;

/** Turns a draft into the site: names become indices, what was left out gets its value. */
final class Assembly {

  private final Draft draft;
  private final Ties ties;
  private final List<Line> lines;
  private final AgeLimits ages;

  Assembly(Draft draft) {
    this.draft = draft;
    this.ties = draft.ties();
    this.lines = draft.lines().stream().map(this::line).toList();
    this.ages = new AgeLimits(draft, Latency.of(lines), this::output);
  }

  Site site(String digest, String text) {
    SiteHead head = draft.head();
    List<Point> points = draft.points().stream().map(this::point).toList();
    List<Zone> zones = draft.zones().stream().map(this::zone).toList();
    List<Fan> fans = draft.fans().stream().map(this::fan).toList();
    Plan plan = new PlanAssembly(draft, points, Latency.of(lines), zones).plan();
    return new Site(
        head.name(),
        head.title(),
        digest,
        text,
        head.mine(),
        head.station(),
        head.bench(),
        draft.profile(),
        plan,
        AlarmPlans.of(draft.profile(), plan, points, fans, draft.annunciator().grades()),
        new Annunciator(
            draft.annunciator().lamp().map(this::output),
            draft.annunciator().sounder().map(this::output)),
        head.scanMillis(),
        lines,
        points,
        zones,
        fans,
        draft.consentKey().map(key -> contact(key, List.of())),
        draft.guard().map(guard -> new Site.GuardLink(guard.port())),
        head.journal(),
        head.broker(),
        head.sparkplug(),
        head.county(),
        head.countyFiles(),
        head.panel());
  }

  private Line line(DraftLine line) {
    List<SlavePlan> slaves = ties.on(line).stream().map(this::slave).toList();
    return new Line(
        new LinePlan(line.name(), line.settings(), draft.head().scanMillis(), slaves),
        line.port(),
        line.rs485Rts());
  }

  private SlavePlan slave(DraftDevice device) {
    return new SlavePlan(
        device.name(),
        device.address(),
        device.map().orElseThrow(),
        ties.interlock(device),
        device.pollMillis().orElse(DraftDevice.POLL_MILLIS),
        device.lelHundredths(),
        ties.coils(device).stream()
            .map(
                coil ->
                    new CoilPlan(
                        coil.coil(),
                        coil.pulseMillis(),
                        coil.pulseMillis() == 0 && ties.ofFan(coil)))
            .toList());
  }

  private Point point(DraftPoint point) {
    ChannelRef source = slaveOf(point.device().orElseThrow(), point.channel().orElseThrow());
    Limits limits = point.limits().orElseThrow();
    return new Point(
        point.name(),
        point.title(),
        point.place(),
        point.role(),
        point.source().orElseThrow().quantity(),
        source,
        point.catalytic(),
        limits.alarmAt(),
        limits.alarmAbove(),
        ages.of(source, point.ageLimitMillis(), ties.cutBy(point)),
        ties.interlockIndex(point));
  }

  private Zone zone(DraftZone zone) {
    return new Zone(
        zone.name(),
        zone.title(),
        output(zone.output().orElseThrow()),
        zone.feed().map(feed -> feed(feed, zone)),
        zone.closing(),
        zone.dropOutMillis());
  }

  private Fan fan(DraftFan fan) {
    return new Fan(
        fan.name(),
        fan.title(),
        fan.machines().stream()
            .map(machine -> new Machine(machine.name(), contact(machine.running(), fan.zones())))
            .toList(),
        fan.flow()
            .map(flow -> OptionalInt.of(ties.indexOf(flow.point())))
            .orElse(OptionalInt.empty()),
        fan.stop().map(this::output),
        output(fan.startLock().orElseThrow()));
  }

  private Output output(DraftOutput output) {
    return switch (output) {
      case DraftOutput.Gpio gpio -> new Output.Gpio(gpio.line(), gpio.active());
      case DraftOutput.Coil coil -> {
        ChannelRef board = slaveOf(coil.board(), 0);
        int index = ties.coils(coil.board()).indexOf(coil);
        yield new Output.Coil(board.line(), board.slave(), index);
      }
    };
  }

  private Contact contact(DraftContact contact, List<DraftZone> cuts) {
    return switch (contact) {
      case DraftContact.Gpio gpio -> gpio.contact();
      case DraftContact.Bus bus -> {
        ChannelRef source = slaveOf(bus.of(), bus.channel());
        yield bus(bus, source, ages.of(source, bus.ageLimitMillis(), cuts));
      }
    };
  }

  private Contact feed(DraftContact contact, DraftZone zone) {
    return switch (contact) {
      case DraftContact.Gpio gpio -> gpio.contact();
      case DraftContact.Bus bus -> {
        ChannelRef source = slaveOf(bus.of(), bus.channel());
        yield bus(bus, source, ages.ofFeed(source, bus.ageLimitMillis(), zone));
      }
    };
  }

  private Contact bus(DraftContact.Bus bus, ChannelRef source, int ageLimitMillis) {
    return new Contact.Bus(
        source,
        bus.antivalent().map(channel -> slaveOf(bus.of(), channel)),
        bus.closedIs(),
        Math.min(DraftContact.MAX_AGE_MILLIS, ageLimitMillis));
  }

  private ChannelRef slaveOf(DraftDevice device, int channel) {
    DraftLine line = device.line().orElseThrow();
    return new ChannelRef(ties.indexOf(line), ties.indexOf(device), channel);
  }
}
