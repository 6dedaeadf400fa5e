package davy.controller.interlock;

/** Why power is withheld from a zone. The order is that of the bits in {@link Causes}. */
public enum Cause {
  /** 甲烷电闭锁: a bound methane point at or above its cut-off (AQ 6201, items a' to c). */
  METHANE_HIGH("甲烷电闭锁", false),
  /** A head above its range: taken as high gas, for a catalytic head can read low again (S17). */
  OVER_RANGE("超量程", true),
  /** 风电闭锁: every machine of the heading's fan stopped, or its state unknown (item d, S23). */
  FAN_STOPPED("局部通风机停风", false),
  /** 风电闭锁: the flow in the duct below its limit (item d). */
  AIRFLOW_LOW("风筒风量低", false),
  /** 故障闭锁: the head answers but is not to be believed. */
  SENSOR_FAULT("传感器故障", false),
  /** 故障闭锁: no reading young enough. */
  SENSOR_STALE("传感器失联", false),
  /** 标校: a bound head stands under test gas, announced by a named person (S16). */
  CALIBRATION("标校", false),
  /** 馈电异常: withheld, and yet the feed shows power beyond the drop-out time (S2, S3, S15). */
  FEED_ABNORMAL("馈电异常", true),
  /** Withheld, and yet not read back open in time: the output does not obey (S10). */
  OUTPUT_FAULT("输出故障", true),
  /** A zone fed through this one can't be cut by its own output or breaker (S3, S10). */
  DOWNSTREAM("下级断电失败", true),
  /** The guard is not armed: it dropped, or is not heard (S14). */
  GUARD_LOST("看门狗失联", false),
  /** The scan missed its period beyond its limit. */
  SCAN_OVERRUN("扫描超时", false),
  /** The configuration is not the one last accepted by two named persons (S18). */
  CONFIG("配置未确认", false),
  /** 上电闭锁: the hold after power-on and the zone's own roll call. */
  STARTUP("上电闭锁", false),
  /** 断电试验: the zone is tripped to see its feed go dead. */
  PROOF_TEST("断电试验", false),
  /** 远程断电: the county asked for it (S21). */
  REMOTE_TRIP("远程断电", true),
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
