package davy.controller.journal;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Saved;
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
record LatchCopy(long number, Kept kept, String trouble) {

  static final LatchCopy MISSING = new LatchCopy(0, Kept.NOTHING, "missing");

  private static final Causes LOST = Causes.of(Cause.LATCHES_LOST);
  private static final long FORMAT = 2;

  /** Named only the causes of each zone: no fan, no accepted configuration, no runs. */
  private static final long CAUSES_ONLY = 1;

  static LatchCopy broken(String trouble) {
    return new LatchCopy(0, Kept.NOTHING, trouble);
  }

  boolean good() {
    return trouble.isEmpty();
  }

  static byte[] encode(String site, long number, Kept kept) {
    Map<String, Object> zones = new LinkedHashMap<>();
    kept.zones().forEach((name, zone) -> zones.put(name, fields(zone)));
    Map<String, Object> accepted = new LinkedHashMap<>();
    accepted.put("digest", kept.accepted().digest());
    accepted.put("text", kept.accepted().text());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("site", site);
    fields.put("number", number);
    fields.put("zones", zones);
    fields.put("fans", kept.fans());
    fields.put("calibrating", kept.calibrating());
    fields.put("inhibited", kept.inhibited());
    fields.put("accepted", accepted);
    kept.runs().ifPresent(runs -> fields.put("runs", runs.fields()));
    return Seal.seal(fields).line();
  }

  private static Map<String, Object> fields(Kept.Zone zone) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("latches", zone.saved().latches().list().stream().map(Cause::name).toList());
    fields.put("proofDue", zone.saved().proofDue());
    fields.put("closesItself", zone.saved().closesItself());
    fields.put("degassing", zone.saved().degassing());
    fields.put("definition", zone.definition());
    return fields;
  }

  static LatchCopy parse(byte[] bytes, String site) {
    int length = bytes.length - 1;
    if (length < 1 || bytes[length] != '\n' || Seal.check(bytes, length).isEmpty()) {
      return broken("damaged: its hash does not fit its bytes");
    }
    Optional<Map<String, Object>> read = Seal.read(bytes, length);
    if (read.isEmpty()
        || !(read.get().get("format") instanceof Long format)
        || format != FORMAT && format != CAUSES_ONLY
        || !(read.get().get("number") instanceof Long number)
        || !(read.get().get("zones") instanceof Map<?, ?> zones)) {
      return broken("of another version of the program");
    }
    if (!site.equals(read.get().get("site"))) {
      return broken("of another site: " + read.get().get("site"));
    }
    Map<String, Kept.Zone> kept = new LinkedHashMap<>();
    zones.forEach((name, zone) -> kept.put(name.toString(), zone(zone)));
    return new LatchCopy(number, rest(kept, read.get()), "");
  }

  private static Kept rest(Map<String, Kept.Zone> zones, Map<String, Object> read) {
    Map<String, Boolean> fans = new LinkedHashMap<>();
    if (read.get("fans") instanceof Map<?, ?> named) {
      named.forEach((name, locked) -> fans.put(name.toString(), !Boolean.FALSE.equals(locked)));
    }
    List<String> calibrating =
        read.get("calibrating") instanceof List<?> names
            ? names.stream().map(Object::toString).toList()
            : List.of();
    Map<String, Long> inhibited = new LinkedHashMap<>();
    if (read.get("inhibited") instanceof Map<?, ?> named) {
      named.forEach(
          (name, nanos) ->
              inhibited.put(name.toString(), nanos instanceof Long used ? used : Long.MAX_VALUE));
    }
    Accepted accepted =
        read.get("accepted") instanceof Map<?, ?> one
                && one.get("digest") instanceof String digest
                && one.get("text") instanceof String text
            ? new Accepted(digest, text)
            : Accepted.NONE;
    return new Kept(
        zones, fans, calibrating, inhibited, accepted, Runs.parse(read.getOrDefault("runs", "")));
  }

  /** What can't be read counts as latched; the format before knew nothing but causes. */
  private static Kept.Zone zone(Object value) {
    if (!(value instanceof Map<?, ?> fields)) {
      return new Kept.Zone(new Saved.Zone(causes(value), false, false, false), "");
    }
    return new Kept.Zone(
        new Saved.Zone(
            fields.get("latches") instanceof List<?> names ? causes(names) : LOST,
            !Boolean.FALSE.equals(fields.get("proofDue")),
            !Boolean.FALSE.equals(fields.get("closesItself")),
            !Boolean.FALSE.equals(fields.get("degassing"))),
        fields.get("definition") instanceof String definition ? definition : "");
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
