package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever bytes a peer sends, they are a request or malformed, never a defect. */
final class RequestFuzzTest {

  private static final List<String> SEEDS =
      List.of(
          "{\"request\":\"trip\",\"zone\":\"Z1\",\"person\":\"wang\"}",
          "{\"request\":\"reset\",\"zone\":\"Z1\",\"pin\":\"1\",\"portable\":\"0.60\"}",
          "{\"request\":\"calibrate\",\"point\":\"T1\",\"reason\":\"x\",\"minutes\":\"30\"}",
          "{\"request\":\"accept-configuration\",\"digest\":\"d\",\"second\":\"li\"}",
          "{\"a\":[1,2.5e999,{\"b\":null}],\"c\":123456789012345678901234567890}",
          "{\"request\":\"\\ud800\\u0000\",\"zone\":true}");

  /** As the interlock's threads have it. */
  private static final int STACK_BYTES = 256 << 10;

  private static final String MARKS = "{}[]\",:\\0-e. n";

  private static final int ROUNDS = 200_000;

  @Test
  void randomBytesAreARequestOrMalformed() {
    long seed = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("RequestFuzzTest: -Ddavy.seed=" + seed);
    Random random = new Random(seed);
    int malformed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      malformed += read(mutated(random)) ? 0 : 1;
    }
    assertTrue(malformed > ROUNDS / 2, "only " + malformed + " malformed");
  }

  /**
   * The interlock's threads have a stack of 256 KiB, which a request line of 4 KiB must not use up.
   */
  @Test
  void theDeepestLineFitsTheStackOfItsThread() throws Exception {
    read("{}");
    for (String nest : List.of("[", "{\"a\":", "[{\"a\":")) {
      String line = "{\"a\":" + nest.repeat(RequestConnection.LINE_BYTES / nest.length());
      Throwable[] ended = new Throwable[1];
      Thread thread = new Thread(null, () -> read(line), "deep", STACK_BYTES);
      thread.setUncaughtExceptionHandler((_, thrown) -> ended[0] = thrown);
      thread.start();
      thread.join();
      assertTrue(ended[0] == null, nest + ": " + ended[0]);
    }
  }

  private static String mutated(Random random) {
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(6); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean()
              ? (byte) MARKS.charAt(random.nextInt(MARKS.length()))
              : (byte) random.nextInt(256);
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean read(String line) {
    boolean panel = true;
    try {
      RequestText.panel(line);
    } catch (RequestText.Malformed _) {
      panel = false;
    }
    try {
      RequestText.surface(line);
      return true;
    } catch (RequestText.Malformed _) {
      return panel;
    }
  }
}
