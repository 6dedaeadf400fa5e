package davy.bridge.guard;

/**
 * Why the guard dropped its master relays, or refuses to hold them in. The order is that of the
 * codes on the wire ({@code enum guard_cause} of the firmware), so new ones come last.
 */
public enum GuardCause {
  NONE("无"),
  /** Its supply came: an ordinary start. */
  POWER_UP("上电"),
  BROWN_OUT("欠压复位"),
  /** Its own hardware watchdog reset it. */
  WATCHDOG("看门狗复位"),
  /** Reset by its pin, a debugger or for a reason that it can't tell. */
  RESET("复位"),
  /** Its own state contradicts itself. */
  ASSERTION("自检失败"),
  /** No right answer before the window closed. */
  TOO_LATE("应答过迟"),
  /** An answer before the window opened: somebody's time runs wrong. */
  TOO_EARLY("应答过早"),
  /** An answer that does not fit the question, or contradicts itself. */
  WRONG("应答错误"),
  /** The scan number did not advance: the same scan was told twice. */
  SCAN_REPEATED("扫描未推进"),
  /** A granted permit leans on a reading older than the guard allows. */
  AGE("数据过旧"),
  /** A line, board or stage did not report in the scan. */
  ROLL_CALL("点名不全"),
  /** The running site file is not the one that the guard was taught. */
  DIGEST("配置摘要不符"),
  /** A program began anew while the relays were held in. */
  HOST_RESTARTED("主机重启"),
  /** The hard-wired trip loop is open; released by the guard's own button only. */
  TRIP_INPUT("硬线断电"),
  SUPPLY("电源异常"),
  /** A master relay does not follow its coil: it sticks, or its coil is broken. */
  OUTPUT("主继电器异常"),
  /** Not armed because an output is read back energised. */
  IMAGE("输出未全部断开"),
  /** Not armed because no program of the same protocol version has greeted it. */
  VERSION("协议版本不符");

  private final String chinese;

  GuardCause(String chinese) {
    this.chinese = chinese;
  }

  public String chinese() {
    return chinese;
  }
}
