package davy.controller.alarm;

/** How grave an alarm is (分级报警, AQ 6201): the order is from nothing to the gravest. */
public enum Grade {
  NONE("未分级", ""),
  FOUR("四级", "蓝"),
  THREE("三级", "黄"),
  TWO("二级", "橙"),
  ONE("一级", "红");

  private final String chinese;
  private final String colour;

  Grade(String chinese, String colour) {
    this.chinese = chinese;
    this.colour = colour;
  }

  public String chinese() {
    return chinese;
  }

  /** The colour's Chinese name; empty for {@link #NONE}. */
  public String colour() {
    return colour;
  }

  public Grade worse(Grade other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
