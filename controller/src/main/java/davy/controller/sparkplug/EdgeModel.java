package davy.controller.sparkplug;

import davy.controller.config.Site;
import davy.controller.config.Version;
import davy.controller.sparkplug.Part.Aliases;
import davy.controller.sparkplug.Part.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * All metrics of a site: those of the node, and a device for each zone, each fan and each place
 * with its heads. Made once; the same site gives the same aliases. Documented in {@code
 * deploy/docs/sparkplug.md}.
 *
 * @param devices zones, fans, heads, in the site's order
 */
public record EdgeModel(Part node, List<Part> devices) {

  public EdgeModel {
    devices = List.copyOf(devices);
  }

  /**
   * @param acknowledged the last record that the county has acknowledged as evidence
   */
  public static EdgeModel of(Site site, LongSupplier acknowledged) {
    Aliases aliases = new Aliases();
    Part node = node(site, acknowledged, aliases);
    List<Part> devices = new ArrayList<>();
    site.zones().forEach(zone -> devices.add(ZoneItems.of(zone, aliases)));
    site.fans().forEach(fan -> devices.add(FanItems.of(fan, site, aliases)));
    places(site).forEach(heads -> devices.add(HeadItems.of(heads, site, aliases)));
    return new EdgeModel(node, devices);
  }

  /** Heads of one place are one device, named after the first of them. */
  private static List<List<Site.Point>> places(Site site) {
    Map<String, List<Site.Point>> places = new LinkedHashMap<>();
    for (Site.Point point : site.points()) {
      places.computeIfAbsent(point.place(), _ -> new ArrayList<>()).add(point);
    }
    return List.copyOf(places.values());
  }

  /** The device that a zone is told as. */
  Optional<Part> zone(String name) {
    return device(ZoneItems.device(name));
  }

  /** The device that holds a point. */
  Optional<Part> heads(String point) {
    return devices.stream()
        .filter(device -> device.item(HeadItems.value(point)).isPresent())
        .findFirst();
  }

  private Optional<Part> device(String id) {
    return devices.stream().filter(device -> device.device().equals(id)).findFirst();
  }

  private static Part node(Site site, LongSupplier acknowledged, Aliases aliases) {
    Draft node = new Draft("", aliases);
    node.fixed("Site/Mine", "矿井编码 mine", site.mine())
        .fixed("Site/Station", "分站编号 station", site.station())
        .fixed("Site/Name", site.title(), site.name())
        .fixed("Site/Digest", "站点文件摘要 digest of the site", site.digest())
        .fixed("Site/Bench", "试验台,无硬件保护 BENCH", site.bench())
        .fixed("Site/Demo", "演示 DEMO", site.profile().demo())
        .fixed("Profile/Name", site.profile().title(), site.profile().name())
        .fixed("Profile/Digest", "规程参数摘要 digest of the profile", site.profile().digest())
        .fixed("Profile/Reviewed", "规程参数已审核 reviewed", site.profile().reviewed())
        .fixed("Station/Version", "分站程序版本 version of the station", Version.text());
    interlock(node);
    journal(node, acknowledged);
    AlarmItems.add(node, site);
    return node.part();
  }

  private static void interlock(Draft node) {
    node.add(
            "Interlock/Connected",
            Kind.BOOLEAN,
            "与闭锁程序连接 connected to the interlock",
            frame -> frame.good(new Value.Flag(frame.present())))
        .add("Interlock/Version", Kind.STRING, "闭锁程序版本", f -> f.text(f.part("process"), "version"))
        .add("Interlock/Digest", Kind.STRING, "正在运行的站点摘要", f -> f.text(f.part("site"), "digest"))
        .add("Interlock/Overruns", Kind.INT64, "扫描超时次数", f -> f.whole(f.part("scan"), "overruns"))
        .add("Interlock/Guard", Kind.STRING, "看门狗状态 guard", f -> f.text(f.part("guard"), "state"))
        .add(
            "Interlock/Accepted",
            Kind.BOOLEAN,
            "配置已确认 configuration accepted",
            f -> f.flag(f.part("configuration"), "accepted"))
        .add(
            "Interlock/ManualOnly",
            Kind.BOOLEAN,
            "只能手动复位 all releases manual",
            f -> f.flag(f.part("configuration"), "manualOnly"));
  }

  /** So that whoever reads this view can prove that it and the evidence belong together. */
  private static void journal(Draft node, LongSupplier acknowledged) {
    node.add("Journal/Epoch", Kind.STRING, "日志纪元", f -> f.text(journal(f), "epoch"))
        .seldom("Journal/HeadSeq", Kind.INT64, "日志末条序号", f -> f.whole(journal(f), "durableSeq"))
        .seldom("Journal/HeadHash", Kind.STRING, "日志末条哈希", f -> f.text(journal(f), "head"))
        .seldom(
            "Journal/AckedSeq",
            Kind.INT64,
            "县级平台已确认序号 acknowledged by the county",
            f -> f.good(new Value.Whole(acknowledged.getAsLong())))
        .add("Journal/Key", Kind.STRING, "签名公钥指纹", f -> f.text(journal(f), "key"))
        .add("Journal/Ok", Kind.BOOLEAN, "日志正常", f -> f.flag(journal(f), "ok"))
        .add("Journal/Trouble", Kind.STRING, "日志故障", f -> f.text(journal(f), "trouble"))
        .add("Journal/Lost", Kind.INT64, "丢失记录数", f -> f.whole(journal(f), "lost"));
  }

  private static Map<?, ?> journal(Frame frame) {
    return frame.part("journal");
  }
}
