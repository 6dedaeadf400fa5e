package davy.controller.alarm;

/** What sort of thing an alarm tells, with the word people read. */
public enum AlarmKind {
  /** 超限报警: a value at or beyond its alarm level. */
  OVER_LIMIT("超限报警", "over limit", false),
  /** 断电: power of a zone was withheld. */
  TRIP("断电", "power withheld", false),
  /** 馈电异常: power is withheld and still there (S2). */
  FEED_ABNORMAL("馈电异常", "feed abnormal", false),
  /** The cut-off output does not do what it is told (S10). */
  OUTPUT("断电输出故障", "output fault", false),
  /** A calibration, inhibit or unlock is in force: whoever comes to the panel must see it. */
  BYPASS("旁路生效", "bypass active", false),
  /** Power went although it is granted (S2). */
  FEED_LOST("馈电丢失", "feed lost while granted", true),
  /** The feed can't be told: it agrees with nothing (S15). */
  FEED_UNKNOWN("馈电状态不明", "feed unknown", true),
  SENSOR("传感器故障", "sensor", true),
  /** 逻辑报警: readings that can't all be true. */
  PLAUSIBILITY("逻辑报警", "not plausible", true),
  /** 异常涌出: gas rises faster than it should. */
  RATE_OF_RISE("异常涌出", "rising fast", true),
  /** Our own health: journal, guard, scan, configuration. */
  EQUIPMENT("设备故障", "equipment", true);

  private final String chinese;
  private final String english;
  private final boolean mayHide;

  AlarmKind(String chinese, String english, boolean mayHide) {
    this.chinese = chinese;
    this.english = english;
    this.mayHide = mayHide;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }

  /** Whether a plan may allow alarms of this kind to be shelved or taken out of service. */
  public boolean mayHide() {
    return mayHide;
  }
}
