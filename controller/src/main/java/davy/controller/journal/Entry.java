package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing to be recorded. A field of another type, or named like one of the journal's own, is a
 * defect and refused here, where it was made.
 *
 * @param tick when it happened, monotonic
 * @param fields in the order they are written; values are String, Long, Integer, Boolean, or a List
 *     or Map of these
 */
public record Entry(EventCode code, Tick tick, Map<String, Object> fields) {

  /** Numbers that the journal itself writes into every record. */
  static final Set<String> OWN_NUMBERS = Set.of("seq", "synced", "tick");

  /** Texts that the journal itself writes into every record. */
  static final Set<String> OWN_TEXTS = Set.of("time", "clock", "code", "prev", "hash");

  public Entry {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (OWN_NUMBERS.contains(field.getKey()) || OWN_TEXTS.contains(field.getKey())) {
        throw new IllegalArgumentException(code + ": the field name is taken: " + field.getKey());
      }
      check(code, field.getKey(), field.getValue());
    }
  }

  private static void check(EventCode code, String name, Object value) {
    switch (value) {
      case String _, Long _, Integer _, Boolean _ -> {}
      case List<?> list -> list.forEach(item -> check(code, name, item));
      case Map<?, ?> map ->
          map.forEach(
              (key, item) -> {
                if (!(key instanceof String)) {
                  throw new IllegalArgumentException(code + "." + name + ": a key is no text");
                }
                check(code, name, item);
              });
      case null, default ->
          throw new IllegalArgumentException(code + "." + name + ": not recordable: " + value);
    }
  }
}
