package davy.controller.demo;

import davy.controller.json.JsonLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The named person of the demonstration at the panel, with name and PIN.
 *
 * @param panel sends a request of a kind with its fields and returns the answer line
 * @param frames what the person sees
 */
record Hand(BiFunction<String, Map<String, String>, String> panel, Happenings<Status> frames) {

  private static final long PAUSE_MILLIS = 500;

  /**
   * Asks again and again until it is accepted.
   *
   * @return the last refusal when the time is over, empty once accepted
   */
  Optional<String> ask(String kind, Map<String, String> fields, long limitMillis)
      throws InterruptedException {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    while (true) {
      Map<String, Object> answer = ask(kind, fields);
      if (Boolean.TRUE.equals(answer.get("accepted"))) {
        return Optional.empty();
      }
      if (System.nanoTime() - end > 0) {
        return Optional.of(kind + " was refused: " + answer.get("text"));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Asks once; the answer's fields, none where nobody answers. */
  Map<String, Object> ask(String kind, Map<String, String> fields) {
    Map<String, String> signed = new HashMap<>(fields);
    signed.put("person", DemoSite.PERSON);
    signed.put("pin", DemoSite.PIN);
    signed.put("nonce", frames.latest().map(Status::nonce).orElse(""));
    try {
      return JsonLine.read(panel.apply(kind, signed));
    } catch (JsonLine.Malformed _) {
      return Map.of();
    }
  }
}
