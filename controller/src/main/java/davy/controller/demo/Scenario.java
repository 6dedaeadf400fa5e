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
  TAMPER("somebody edits the journal after a trip", "断电后有人篡改日志"),
  COUNTY_DOWN("gas breaks in while the county's broker is down", "县级平台断线期间瓦斯涌出"),
  FAN_STOP("the local fan stops", "局部通风机停风"),
  SERIES("gas comes with the air before the fan, then more of it", "串联通风：局部通风机前瓦斯超限"),
  OVER_RANGE("more gas than the head can measure", "瓦斯超过传感器量程"),
  FROZEN_SENSOR("T1 repeats one value while gas rises beside it", "T1 数值不变，旁边瓦斯上升"),
  FEED_STUCK("the breaker's contacts are welded when gas breaks in", "断路器触头粘连时瓦斯涌出"),
  CALIBRATION("test gas at T2, announced", "T2 标校"),
  REMOTE_TRIP("the county cuts the power", "县级平台远程断电"),
  FAKE_CLEAR("somebody closes the alarm while the gas is still there", "瓦斯未降即有人消警"),
  CLOCK_STEP("the clock jumps by minutes and ten years, at rest and in trips", "系统时钟前后跳变数分钟与十年"),
  BAD_WIRE("every fault of a wire, each with gas at the face", "总线各种故障，每种故障下工作面瓦斯超限"),
  DAEMON_KILL("the interlock is killed: the guard cuts", "闭锁程序被强行终止，看门狗断电"),
  DAEMON_HANG("the interlock hangs: the guard cuts", "闭锁程序停滞，看门狗断电"),
  GUARD_RESET("the guard itself fails and starts again", "看门狗失电后重新启动");

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
