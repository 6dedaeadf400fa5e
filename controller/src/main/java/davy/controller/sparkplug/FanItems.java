package davy.controller.sparkplug;

import davy.controller.config.Site;
import davy.controller.sparkplug.Part.Aliases;
import davy.controller.sparkplug.Part.Draft;
import java.util.Map;

/** The metrics of a local fan (局部通风机). */
final class FanItems {

  private FanItems() {}

  static Part of(Site.Fan fan, Site site, Aliases aliases) {
    String name = fan.name();
    Draft draft =
        new Draft("Fan-" + name, aliases)
            .fixed("Name", fan.title(), name)
            .add("Running", Kind.BOOLEAN, "运行 running", f -> f.flag(fan(f, name), "running"))
            .add("Machines", Kind.STRING, "主备机 machines", f -> f.words(fan(f, name), "machines"))
            .add("Stop", Kind.BOOLEAN, "停风机输出 STOP", f -> f.flag(fan(f, name), "stop"))
            .add("StartLock", Kind.BOOLEAN, "启动闭锁", f -> f.flag(fan(f, name), "startLock"))
            .add("Causes", Kind.STRING, "原因 causes", f -> f.words(fan(f, name), "causes"));
    if (fan.flow().isPresent()) {
      String unit = site.points().get(fan.flow().getAsInt()).quantity().unit();
      draft
          .add("Flow", Kind.STRING, "风筒风速状态", f -> f.text(fan(f, name), "flow"))
          .add("AirSpeed", Kind.DOUBLE, "风筒风速", unit, f -> f.decimal(fan(f, name), "airSpeed"))
          .add("LowBelow", Kind.DOUBLE, "低风速限", unit, f -> f.decimal(fan(f, name), "lowBelow"));
    }
    return draft.part();
  }

  private static Map<?, ?> fan(Frame frame, String name) {
    return frame.named("fans", name);
  }
}
