package davy.controller.sparkplug;

import davy.controller.config.Site;
import davy.controller.sparkplug.Part.Aliases;
import davy.controller.sparkplug.Part.Draft;
import java.util.Map;

/** The metrics of a zone (断电范围). */
final class ZoneItems {

  static final String GRANTED = "Granted";
  static final String FIRST = "Causes/First";
  static final String FIRST_POINT = "Causes/FirstPoint";

  private ZoneItems() {}

  static String device(String zone) {
    return "Zone-" + zone;
  }

  static Part of(Site.Zone zone, Aliases aliases) {
    String name = zone.name();
    return new Draft(device(name), aliases)
        .fixed("Name", zone.title(), name)
        .add(GRANTED, Kind.BOOLEAN, "允许供电 granted", f -> granted(f, zone(f, name)))
        .add("Lock", Kind.STRING, "闭锁 lock", f -> f.text(zone(f, name), "lock"))
        .add("Causes/Active", Kind.STRING, "当前原因 active", f -> f.words(zone(f, name), "active"))
        .add("Causes/Seen", Kind.STRING, "本次原因 seen", f -> f.words(zone(f, name), "seen"))
        .add(FIRST, Kind.STRING, "首发原因 first-out", f -> inner(f, name, "first", "cause"))
        .add(FIRST_POINT, Kind.STRING, "首发测点", f -> inner(f, name, "first", "point"))
        .add("Remote/County", Kind.STRING, "远程断电方", f -> inner(f, name, "remote", "county"))
        .add("Remote/Reason", Kind.STRING, "远程断电理由", f -> inner(f, name, "remote", "reason"))
        .add("Wanting", Kind.STRING, "复电尚缺 wanting", f -> f.words(zone(f, name), "wanting"))
        .add("Output", Kind.STRING, "输出回读 output", f -> f.text(zone(f, name), "output"))
        .add("Feed", Kind.STRING, "馈电状态 feed", f -> f.text(zone(f, name), "feed"))
        .add("Release", Kind.STRING, "复位方式 release", f -> f.text(zone(f, name), "release"))
        .add("ProofDue", Kind.BOOLEAN, "须断电试验", f -> f.flag(zone(f, name), "proofDue"))
        .add("ClosesItself", Kind.BOOLEAN, "自行合闸", f -> f.flag(zone(f, name), "closesItself"))
        .part();
  }

  private static Map<?, ?> zone(Frame frame, String name) {
    return frame.named("zones", name);
  }

  private static Told granted(Frame frame, Map<?, ?> zone) {
    return zone.get("permit") instanceof String permit
        ? frame.good(new Value.Flag(permit.equals("GRANTED")))
        : frame.stale();
  }

  /** Empty text where a zone that is told of has nothing to say of it. */
  private static Told inner(Frame frame, String name, String part, String what) {
    Map<?, ?> zone = zone(frame, name);
    if (zone.isEmpty()) {
      return frame.stale();
    }
    return frame.good(
        new Value.Text(Frame.map(zone.get(part)).get(what) instanceof String text ? text : ""));
  }
}
