package davy.controller.link;

import davy.controller.json.JsonLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads a request line: one flat JSON object of texts and nothing unknown. */
final class RequestText {

  static final int NAME_LENGTH = 64;

  private RequestText() {}

  /** The line is no request; the message says why, for the person who wrote the client. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  static PanelRequest panel(String line) throws Malformed {
    Map<String, String> fields = fields(line);
    return switch (need(fields, "request")) {
      case "trip" -> {
        only(fields, Set.of("request", "zone", "person"));
        String person = fields.getOrDefault("person", "");
        yield new PanelRequest.Trip(
            name(fields, "zone"), person.isBlank() ? "unnamed" : name(fields, "person"));
      }
      case "alive" -> {
        only(fields, Set.of("request"));
        yield new PanelRequest.Alive();
      }
      case "why" -> {
        only(fields, Set.of("request", "zone"));
        yield new PanelRequest.Why(name(fields, "zone"));
      }
      default -> new SignedText(fields).request();
    };
  }

  static SurfaceRequest surface(String line) throws Malformed {
    Map<String, String> fields = fields(line);
    return switch (need(fields, "request")) {
      case "trip" -> {
        only(fields, Set.of("request", "command", "signature"));
        yield new SurfaceRequest.Trip(need(fields, "command"), need(fields, "signature"));
      }
      case "write" -> {
        only(fields, Set.of("request", "metric", "more"));
        yield new SurfaceRequest.Write(name(fields, "metric"), count(need(fields, "more")));
      }
      default -> throw new Malformed("this socket takes the requests trip and write");
    };
  }

  private static long count(String text) throws Malformed {
    if (!text.matches("\\d{1,9}")) {
      throw new Malformed("more is a number of at most 9 digits");
    }
    return Long.parseLong(text);
  }

  private static Map<String, String> fields(String line) throws Malformed {
    Map<String, String> fields = new HashMap<>();
    try {
      for (Map.Entry<String, Object> field : JsonLine.read(line).entrySet()) {
        if (!(field.getValue() instanceof String text)) {
          throw new Malformed("every field of a request is a text");
        }
        fields.put(field.getKey(), text);
      }
      return fields;
    } catch (JsonLine.Malformed e) {
      throw new Malformed("a request is one JSON object a line");
    }
  }

  static void only(Map<String, String> fields, Set<String> known) throws Malformed {
    if (!known.containsAll(fields.keySet())) {
      throw new Malformed("this request knows only the fields " + known.stream().sorted().toList());
    }
  }

  static String need(Map<String, String> fields, String field) throws Malformed {
    String text = fields.getOrDefault(field, "");
    if (text.isEmpty()) {
      throw new Malformed("the field " + field + " is missing");
    }
    return text;
  }

  static String name(Map<String, String> fields, String field) throws Malformed {
    String text = need(fields, field);
    if (text.length() > NAME_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
      throw new Malformed(field + " has at most 64 characters and no control characters");
    }
    return text;
  }
}
