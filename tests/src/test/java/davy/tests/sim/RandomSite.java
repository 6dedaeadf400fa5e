package davy.tests.sim;

import java.util.List;
import java.util.Random;

/**
 * The example heading made anew at random: bauds, which device hangs on which line, how many more
 * there are. Whether {@code davy check} takes it is another matter.
 */
public final class RandomSite {

  private static final int[] BAUDS = {9600, 19200, 38400, 115200};
  private static final List<String> LINES = List.of("methane", "power", "air");

  private RandomSite() {}

  /**
   * @param heading the example's text
   */
  public static String shuffled(String heading, Random random) {
    StringBuilder text = new StringBuilder();
    int address = 0;
    for (String row : heading.lines().toList()) {
      if (row.startsWith("baud = ")) {
        text.append("baud = ").append(BAUDS[random.nextInt(BAUDS.length)]);
      } else if (row.startsWith("line = ") && random.nextInt(3) == 0) {
        text.append("line = \"").append(LINES.get(random.nextInt(LINES.size()))).append('"');
      } else if (row.startsWith("address = ")) {
        text.append("address = ").append(++address);
      } else {
        text.append(row);
      }
      text.append('\n');
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(another(++address, random));
    }
    return text.toString();
  }

  private static String another(int address, Random random) {
    return more(address, LINES.get(random.nextInt(LINES.size())));
  }

  /**
   * The example with what cuts on one fast line, and as many quick air-speed heads there as make up
   * so many slaves.
   */
  public static String crowded(String heading, int slaves) {
    StringBuilder text =
        new StringBuilder(
            heading
                .replaceFirst("baud = 9600", "baud = 115200")
                .replaceFirst("(?s)\\[\\[line\\]\\]\\nname = \"power\".*?\\n\\n", "")
                .replace("line = \"power\"\naddress = ", "line = \"methane\"\naddress = 10"));
    for (int address = 20; address < 16 + slaves; address++) {
      text.append(
          more(address, "methane")
              .replace("decimals = 2", "decimals = 2, turnaroundMaxMillis = 40"));
    }
    return text.toString();
  }

  private static String more(int address, String line) {
    return """

    [[device]]
    name = "wind-%1$d"
    line = "%2$s"
    address = %1$d
    map = "wind-speed"
    parameters = { register = 0, decimals = 2 }
    pollMillis = 2000

    [[point]]
    name = "V%1$d"
    title = "风速"
    place = "掘进工作面回风流"
    device = "wind-%1$d"
    channel = "air-speed"
    """
        .formatted(address, line);
  }
}
