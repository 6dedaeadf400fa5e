package davy.controller.alarm;

/** Why a reading is doubted (伪数据标注). A mark stands beside a value and never changes it. */
public enum Mark {
  FLAT_LINE("数据不变", "flat line", true),
  STEP_DOWN("上升中突降", "step down while rising", true),
  DISCONNECTED_RISING("上升中断线", "disconnected while rising", true),
  /** 逻辑报警: the return stands far above or below the face. */
  CONTRADICTION("工作面与回风矛盾", "face and return contradict", true),
  FAN_WITHOUT_FLOW("风机运行无风量", "fan on without flow", true),
  HEADS_DISAGREE("同处读数不一致", "heads of one place disagree", true),
  /** 异常涌出: true as far as we know, and dangerous. */
  RISING_FAST("异常涌出", "rising fast", false);

  private final String chinese;
  private final String english;
  private final boolean doubt;

  Mark(String chinese, String english, boolean doubt) {
    this.chinese = chinese;
    this.english = english;
    this.doubt = doubt;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }

  /** Whether it says that the data may be false. */
  public boolean doubt() {
    return doubt;
  }
}
