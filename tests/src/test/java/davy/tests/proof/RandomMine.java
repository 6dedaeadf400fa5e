package davy.tests.proof;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.List;

/**
 * A mine and its people by chance: heads that read high, fail and fall silent, welded breakers,
 * outputs that do not obey, fans that stand, people who ask for everything and turn the key. Each
 * trouble lasts a while and ends, so that power comes and goes.
 */
final class RandomMine {

  private final Plan plan;
  private final Dice dice;
  private final People people;
  private final int rare;

  /** Per point, zone and fan: what is wrong with it (0: nothing) and for how many steps more. */
  private final int[] headTrouble;

  private final int[] headFor;
  private final int[] breakerTrouble;
  private final int[] breakerFor;
  private final int[] fanFor;
  private int guardFor;
  private List<Long> written = List.of();
  private final List<Long> disk = new ArrayList<>();

  RandomMine(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
    this.people = new People(plan, dice);
    this.rare = 40 + 4 * plan.points().size();
    this.headTrouble = new int[plan.points().size()];
    this.headFor = new int[plan.points().size()];
    this.breakerTrouble = new int[plan.zones().size()];
    this.breakerFor = new int[plan.zones().size()];
    this.fanFor = new int[plan.fans().size()];
    for (int zone = 0; zone < breakerFor.length; zone++) {
      if (dice.oneIn(5)) {
        breakerTrouble[zone] = dice.between(1, 5);
        breakerFor[zone] = dice.between(20, 80); // About as long as the hold after power-on.
      }
    }
  }

  Inputs next(Decision last) {
    List<PointInput> points = new ArrayList<>();
    for (int point = 0; point < plan.points().size(); point++) {
      points.add(head(point));
    }
    List<ZoneInput> zones = new ArrayList<>();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      zones.add(zone(zone, last.zones().get(zone).permit() == Permit.GRANTED));
    }
    List<FanInput> fans = new ArrayList<>();
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      fans.add(fan(fan));
    }
    guardFor = guardFor > 0 ? guardFor - 1 : dice.oneIn(400) ? dice.between(1, 20) : 0;
    disk.addAll(written);
    written =
        last.events().stream()
            .filter(Event.Consented.class::isInstance)
            .map(event -> ((Event.Consented) event).request())
            .toList();
    return new Inputs(
        points,
        zones,
        fans,
        guardFor == 0 ? GuardState.ARMED : dice.of(List.of(GuardState.values())),
        people.key(),
        people.requests(last),
        disk,
        people.stationAlive(),
        dice.oneIn(300));
  }

  private PointInput head(int point) {
    if (headFor[point] == 0) {
      headTrouble[point] = dice.oneIn(rare) ? dice.between(1, 6) : 0;
      headFor[point] = headTrouble[point] == 0 ? 1 : dice.between(1, 30);
    }
    headFor[point]--;
    Plan.Point limits = plan.points().get(point);
    int edge = (dice.oneIn(2) ? limits.tripAt() : limits.restoreBelow()).hundredths();
    return switch (headTrouble[point]) {
      case 1 -> new PointInput.Good(new Methane(edge - 2 + dice.below(4)), !dice.oneIn(3));
      case 2 -> new PointInput.Faulty(dice.of(List.of(SensorFault.values())));
      case 3 -> new PointInput.Stale();
      case 4 -> new PointInput.OverRange();
      case 5 -> new PointInput.Good(new Methane(dice.between(-12, -8)), true);
      case 6 -> new PointInput.Good(new Methane(dice.between(40, 320)), true);
      default -> new PointInput.Good(new Methane(dice.between(20, 45)), !dice.oneIn(3));
    };
  }

  private ZoneInput zone(int zone, boolean granted) {
    if (breakerFor[zone] == 0) {
      breakerTrouble[zone] = dice.oneIn(2 * rare) ? dice.between(1, 5) : 0;
      breakerFor[zone] = breakerTrouble[zone] == 0 ? 1 : dice.between(1, 20);
    }
    breakerFor[zone]--;
    OutputState output = granted ? OutputState.ON : OutputState.OFF;
    Feed feed = granted && !dice.oneIn(20) ? Feed.LIVE : Feed.DEAD;
    return switch (breakerTrouble[zone]) {
      case 1 -> new ZoneInput(output, Feed.LIVE);
      case 2 -> new ZoneInput(output, Feed.UNKNOWN);
      case 3 -> new ZoneInput(OutputState.UNKNOWN, feed);
      case 4 -> new ZoneInput(OutputState.ON, Feed.LIVE);
      case 5 -> new ZoneInput(OutputState.OFF, Feed.DEAD);
      default -> new ZoneInput(output, feed);
    };
  }

  private FanInput fan(int fan) {
    fanFor[fan] = fanFor[fan] > 0 ? fanFor[fan] - 1 : dice.oneIn(300) ? dice.between(1, 30) : 0;
    boolean well = fanFor[fan] == 0;
    List<FanRun> machines = new ArrayList<>();
    for (int machine = 0; machine < plan.fans().get(fan).machines(); machine++) {
      machines.add(well ? FanRun.RUNNING : dice.of(List.of(FanRun.values())));
    }
    FlowInput flow =
        well
            ? new FlowInput.Good(dice.between(30, 40), true)
            : switch (dice.below(4)) {
              case 0 -> new FlowInput.Stale();
              case 1 -> new FlowInput.Faulty(SensorFault.BROKEN_LINE);
              default -> new FlowInput.Good(dice.between(25, 35), true);
            };
    return new FanInput(machines, flow);
  }
}
