package davy.controller.link;

import davy.controller.alarm.AlarmKind;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.Condition;
import davy.controller.alarm.Grade;
import davy.controller.config.County;
import davy.controller.config.Profile;
import davy.controller.config.ProfileKey;
import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.hal.Board;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A small site, made by hand: two methane points, an air-speed point, two zones, a key. */
public final class TestSite {

  private static final long SECOND = 1_000_000_000L;

  private TestSite() {}

  public static Site site(Optional<Site.Broker> broker) {
    return site(broker, Optional.empty());
  }

  static Site site(Optional<Site.Broker> broker, Optional<County> county) {
    return site(broker, county, Optional.empty());
  }

  /** With a broker, as an edge node of SCADA hosts. */
  public static Site site(Site.Broker broker, Site.SparkplugNode node) {
    return site(Optional.of(broker), Optional.empty(), Optional.of(node));
  }

  private static Site site(
      Optional<Site.Broker> broker, Optional<County> county, Optional<Site.SparkplugNode> node) {
    return new Site(
        "heading-3204",
        "3204 掘进工作面",
        "d1",
        "text",
        "410403004688",
        "00001",
        true,
        profile(),
        plan(),
        alarms(),
        Site.Annunciator.NONE,
        20,
        List.of(),
        List.of(
            point("T1", Quantity.METHANE, Optional.empty(), 0),
            point("T2", Quantity.METHANE, Optional.empty(), 1),
            point("V1", Quantity.AIR_SPEED, Optional.of(25), -1)),
        List.of(zone("Z1", 17), zone("Z2", 18)),
        List.of(),
        Optional.of(contact(19)),
        Optional.empty(),
        new Site.JournalSettings(1 << 20, 4096, 730),
        broker,
        node,
        county,
        Optional.empty(),
        new Site.PanelSettings("127.0.0.1", 0));
  }

  private static Profile profile() {
    return new Profile(
        "test-heading",
        "test",
        "p1",
        true,
        false,
        Map.of(ProfileKey.LIMIT, new Profile.Figure(2_000, "test", "J")),
        List.of(),
        List.of());
  }

  private static Plan plan() {
    return new Plan(
        List.of(point("T1"), point("T2")),
        List.of(zone("Z1", List.of(0), true), zone("Z2", List.of(0, 1), false)),
        List.of(),
        new Plan.Times(
            SECOND / 10,
            3,
            SECOND,
            new Methane(-10),
            SECOND,
            30 * SECOND,
            3 * SECOND,
            10 * SECOND,
            SECOND / 3,
            24 * 3600 * SECOND,
            2 * SECOND,
            10 * (SECOND / 3)),
        new Plan.Bypasses(3, false, 60 * SECOND, 60 * SECOND, Optional.empty()),
        new Plan.Fitted(true, false));
  }

  /** One alarm, of T1 in Z1. */
  private static AlarmPlan alarms() {
    return new AlarmPlan(
        List.of(
            new AlarmPlan.Point("T1", Quantity.METHANE, List.of(0, 1), OptionalInt.of(150)),
            new AlarmPlan.Point("T2", Quantity.METHANE, List.of(1), OptionalInt.of(150)),
            new AlarmPlan.Point("V1", Quantity.AIR_SPEED, List.of(), OptionalInt.empty())),
        List.of("Z1", "Z2"),
        List.of(),
        List.of(
            new AlarmPlan.Alarm(
                "T1-limit",
                AlarmKind.OVER_LIMIT,
                new Condition.OverLimit(0, 100, 100),
                List.of(0),
                Grade.THREE,
                0,
                0,
                true,
                SECOND,
                false)),
        List.of(),
        List.of(),
        new AlarmPlan.Bounds(SECOND, SECOND, 200, SECOND, 2, SECOND, SECOND));
  }

  private static Plan.Zone zone(String name, List<Integer> points, boolean feed) {
    return new Plan.Zone(
        name,
        points.stream().map(Plan.Group::of).toList(),
        Plan.Release.AUTOMATIC,
        feed,
        SECOND / 10,
        SECOND / 5,
        OptionalInt.empty());
  }

  private static Plan.Point point(String name) {
    return new Plan.Point(
        name, new Methane(100), new Methane(150), new Methane(100), false, 60 * SECOND);
  }

  private static Site.Point point(
      String name, Quantity quantity, Optional<Integer> alarmAt, int index) {
    return new Site.Point(
        name,
        name + " 测点",
        name,
        Optional.empty(),
        quantity,
        new Site.ChannelRef(0, 0, 0),
        false,
        alarmAt,
        Optional.empty(),
        1_500,
        index);
  }

  private static Site.Zone zone(String name, int line) {
    return new Site.Zone(
        name,
        name + " 断电范围",
        new Site.Output.Gpio(new Board.LineName("chip", line), Board.Active.HIGH),
        name.equals("Z1") ? Optional.of(contact(line + 10)) : Optional.empty(),
        "by-hand",
        100);
  }

  private static Site.Contact contact(int line) {
    return new Site.Contact.Gpio(
        new Board.LineName("chip", line), Optional.empty(), Board.Active.HIGH, Board.Pull.NONE);
  }
}
