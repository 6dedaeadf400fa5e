package davy.tests.sim;

/**
 * Site files of any size: so many lines, heads on each, zones on the outputs of an expander. For
 * the bench, so that an output without a dead-man is accepted.
 */
public final class ScaleSite {

  /** A fast laser head: what 32 of them on one line take for granted. */
  public static final String MAP =
      """
      name = "laser-head"
      title = "fast laser head"
      source = "none: a pattern for tests of scale"
      reviewed = false

      [timing]
      source = "none"
      turnaroundTypicalMillis = 3
      turnaroundMaxMillis = 5
      lateReplyMillis = 20
      minPollMillis = 100

      [[block]]
      space = "holding"
      address = 0
      count = 3

      [[channel]]
      name = "methane"
      quantity = "methane"
      value = { space = "holding", address = 0, encoding = "s16" }
      scale = { unit = "percent-volume", decimals = 2 }
      minimum = -1.00
      maximum = 100.00

      [[channel.status]]
      field = { space = "holding", address = 1, encoding = "u16" }
      codes = { 0 = "warm-up", 1 = "good", 2 = "device-fault", 3 = "over-range", 4 = "test-mode" }
      otherwise = "unreadable"

      [[channel]]
      name = "temperature"
      quantity = "temperature"
      value = { space = "holding", address = 2, encoding = "u16" }
      scale = { unit = "celsius", decimals = 1, offset = 0 }
      minimum = -40.0
      maximum = 85.0
      """;

  private static final String HEAD =
      """

      [[device]]
      name = "head-%1$d-%2$d"
      line = "line-%1$d"
      address = %2$d
      map = "%3$s"
      """;

  private static final String POINT =
      """

      [[point]]
      name = "M%1$d-%2$d"
      device = "head-%1$d-%2$d"
      channel = "methane"
      headKind = "laser"
      alarmAt = 1.00
      tripAt = 1.00
      restoreBelow = 1.00
      """;

  private static final String WARMTH =
      """

      [[point]]
      name = "C%1$d-%2$d"
      device = "head-%1$d-%2$d"
      channel = "temperature"
      """;

  private ScaleSite() {}

  /**
   * @param temperatures heads of each line whose temperature is a point as well
   * @param zones spread over the heads, each head in one
   */
  public static String text(int lines, int heads, int temperatures, int zones, int baud) {
    StringBuilder text = new StringBuilder(head());
    for (int line = 1; line <= lines; line++) {
      text.append(
          """

          [[line]]
          name = "line-%1$d"
          port = "/dev/serial/by-path/scale-%1$d"
          baud = %2$d
          format = "8N1"
          """
              .formatted(line, baud));
      for (int slave = 1; slave <= heads; slave++) {
        text.append(HEAD.formatted(line, slave, "laser-head"));
        text.append(POINT.formatted(line, slave));
        text.append(slave <= temperatures ? WARMTH.formatted(line, slave) : "");
      }
    }
    for (int zone = 0; zone < zones; zone++) {
      text.append(zone(lines, heads, zone, zones));
    }
    return text.toString();
  }

  private static String head() {
    return """
    [site]
    name = "scale"
    title = "scale"
    mine = "000000000000"
    station = "SCALE"
    profile = "au-qld"
    bench = true
    maps = ["laser-head.toml"]

    [supplies]
    outside = ["bench"]
    interlock = "bench"
    heads = "bench"
    contacts = "bench"
    """;
  }

  private static String zone(int lines, int heads, int zone, int zones) {
    StringBuilder points = new StringBuilder();
    for (int head = zone; head < lines * heads; head += zones) {
      points.append(points.isEmpty() ? "" : ", ");
      points.append("\"M%d-%d\"".formatted(head / heads + 1, head % heads + 1));
    }
    return """

    [[zone]]
    name = "Z%1$d"
    points = [%2$s]
    output = { chip = "expander", line = %1$d, active = "high" }
    release = "automatic"
    closing = "by-hand"
    dropOutMillis = 200
    """
        .formatted(zone, points);
  }
}
