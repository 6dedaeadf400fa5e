package davy.controller.journal;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the two copies of the latches, as read.
 *
 * @param number the higher is the newer
 * @param trouble why it can't be used, empty where it can
 */
record LatchCopy(long number, Map<String, Causes> zones, String trouble) {

  static final LatchCopy MISSING = new LatchCopy(0, Map.of(), "missing");

  private static final Causes LOST = Causes.of(Cause.LATCHES_LOST);
  private static final long FORMAT = 1;

  static LatchCopy broken(String trouble) {
    return new LatchCopy(0, Map.of(), trouble);
  }

  boolean good() {
    return trouble.isEmpty();
  }

  /** A zone that it does not name may be a renamed one: its latches are lost. */
  Causes of(String zone) {
    return zones.getOrDefault(zone, LOST);
  }

  static byte[] encode(String site, long number, List<String> zones, List<Causes> latches) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int zone = 0; zone < zones.size(); zone++) {
      named.put(zones.get(zone), latches.get(zone).list().stream().map(Cause::name).toList());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("site", site);
    fields.put("number", number);
    fields.put("zones", named);
    return Seal.seal(fields).line();
  }

  static LatchCopy parse(byte[] bytes, String site) {
    int length = bytes.length - 1;
    if (length < 1 || bytes[length] != '\n' || Seal.check(bytes, length).isEmpty()) {
      return broken("damaged: its hash does not fit its bytes");
    }
    Optional<Map<String, Object>> read = Seal.read(bytes, length);
    if (read.isEmpty()
        || !read.get().getOrDefault("format", "").equals(FORMAT)
        || !(read.get().get("number") instanceof Long number)
        || !(read.get().get("zones") instanceof Map<?, ?> zones)) {
      return broken("of another version of the program");
    }
    if (!site.equals(read.get().get("site"))) {
      return broken("of another site: " + read.get().get("site"));
    }
    Map<String, Causes> latches = new LinkedHashMap<>();
    zones.forEach((name, causes) -> latches.put(name.toString(), causes(causes)));
    return new LatchCopy(number, latches, "");
  }

  /** A cause this version does not know is a latch all the same. */
  private static Causes causes(Object names) {
    if (!(names instanceof List<?> list)) {
      return LOST;
    }
    return list.stream().map(LatchCopy::cause).reduce(Causes.NONE, Causes::with);
  }

  private static Causes cause(Object name) {
    return Stream.of(Cause.values())
        .filter(cause -> cause.name().equals(name))
        .findFirst()
        .map(Causes::of)
        .orElse(LOST);
  }
}
