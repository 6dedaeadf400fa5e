package davy.tests.proof;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People who ask by chance for everything that can be asked for, and turn the key. */
final class People {

  private static final List<String> NAMES = List.of("a", "b", "c");

  private final Plan plan;
  private final Dice dice;
  private long id;
  private Key key = Key.RELEASED;
  private int keyFor;
  private int stationDeadFor;

  People(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
  }

  /** Pressed and let go, mostly briefly; now and then held long, now and then unreadable. */
  Key key() {
    if (keyFor-- <= 0) {
      key = key == Key.RELEASED ? Key.PRESSED : Key.RELEASED;
      keyFor = dice.oneIn(10) ? dice.between(1, 20) : 1;
      if (dice.oneIn(100)) {
        key = Key.UNKNOWN;
      }
    }
    return key;
  }

  boolean stationAlive() {
    stationDeadFor =
        stationDeadFor > 0 ? stationDeadFor - 1 : dice.oneIn(300) ? dice.between(10, 60) : 0;
    return stationDeadFor == 0;
  }

  List<Request> requests(Decision last) {
    List<Request> asked = new ArrayList<>();
    int count = dice.oneIn(3) ? dice.between(1, 3) : 0;
    for (int request = 0; request < count; request++) {
      asked.add(dice.oneIn(4) ? any() : reset(last));
    }
    return asked;
  }

  /** A zone that is withheld, where there is one: people reset what is dead. */
  private Request reset(Decision last) {
    int zone = dice.below(plan.zones().size());
    for (int tries = 0; tries < 20 && last.zones().get(zone).permit() == Permit.GRANTED; tries++) {
      zone = dice.below(plan.zones().size());
    }
    Optional<Methane> portable =
        dice.oneIn(3) ? Optional.empty() : Optional.of(new Methane(dice.between(30, 60)));
    return new Request.Reset(++id, zone, dice.of(NAMES), portable, !dice.oneIn(3));
  }

  private Request any() {
    int zone = dice.below(plan.zones().size());
    int point = dice.below(plan.points().size());
    String who = dice.of(NAMES);
    Optional<String> second = dice.oneIn(3) ? Optional.empty() : Optional.of(dice.of(NAMES));
    return switch (dice.below(plan.fans().isEmpty() ? 7 : 8)) {
      case 0 -> new Request.PanelTrip(++id, zone, who);
      case 1 -> new Request.RemoteTrip(++id, zone, "county", "gas next door");
      case 2 -> new Request.ProofTest(++id, zone, who);
      case 3 ->
          new Request.Calibrate(
              ++id, point, who, second, "15 days", dice.between(1, 60), dice.oneIn(2));
      case 4 -> new Request.Inhibit(++id, point, who, second, "swap", dice.between(1, 60));
      case 5 -> new Request.EndBypass(++id, point, who);
      case 6 -> new Request.AcceptConfiguration(++id, who, dice.of(NAMES));
      default -> new Request.UnlockFan(++id, dice.below(plan.fans().size()), who, second, "low");
    };
  }
}
