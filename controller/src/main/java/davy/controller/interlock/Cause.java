package davy.controller.interlock;

/** Why power is withheld from a zone. The order is that of the bits in {@link Causes}. */
public enum Cause {
  /** 甲烷电闭锁: a bound methane point at or above its cut-off (AQ 6201, items a' to c). */
  METHANE_HIGH("甲烷电闭锁", false),
  /** A head above its range: taken as high gas, for a catalytic head can read low again (S17). */
  OVER_RANGE("超量程", true),
  /** 故障闭锁: the head answers but is not to be believed. */
  SENSOR_FAULT("传感器故障", false),
  /** 故障闭锁: no reading young enough. */
  SENSOR_STALE("传感器失联", false),
  /** 上电闭锁: the hold after power-on and the zone's own roll call. */
  STARTUP("上电闭锁", false),
  /** A person at the panel asked for it. */
  PANEL_TRIP("面板断电", true),
  /** The file of saved latches is missing or unreadable on a known site (S5). */
  LATCHES_LOST("闭锁记录丢失", true);

  private final String chinese;
  private final boolean needsPerson;

  Cause(String chinese, boolean needsPerson) {
    this.chinese = chinese;
    this.needsPerson = needsPerson;
  }

  public String chinese() {
    return chinese;
  }

  /** True where only a named person may release it, in every zone, also across a restart (S5). */
  public boolean needsPerson() {
    return needsPerson;
  }
}
