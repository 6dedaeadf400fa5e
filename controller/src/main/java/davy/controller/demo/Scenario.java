package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The incidents that the demonstration can play. */
public enum Scenario {
  QUIET("an ordinary shift: power must stay on", "正常生产：不得断电"),
  OUTBURST("gas breaks in at the face: T1 rises past its cut-off", "工作面瓦斯涌出：T1 超过断电浓度"),
  SENSOR_UNPLUGGED("the cable of T2 is pulled", "T2 传感器电缆被拔掉"),
  FROZEN_LINE("every sensor on the line falls silent", "整条传感器总线无应答"),
  COUNTY_DOWN("gas breaks in while the county's broker is down", "县级平台断线期间瓦斯涌出");

  private final Words words;

  Scenario(String english, String chinese) {
    this.words = new Words(english, chinese);
  }

  /** As people type it: {@code sensor-unplugged}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Words words() {
    return words;
  }

  /** One line for {@code --list}. */
  public String line(boolean chinese) {
    String text = chinese ? words.chinese() : words.english();
    return String.format(Locale.ROOT, "%-18s %s", id(), text);
  }

  public static Optional<Scenario> named(String id) {
    return Arrays.stream(values()).filter(scenario -> scenario.id().equals(id)).findFirst();
  }
}
