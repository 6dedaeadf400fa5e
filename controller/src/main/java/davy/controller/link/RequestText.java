package davy.controller.link;

import davy.controller.json.JsonLine;
import davy.hal.signal.Methane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a request line: one flat JSON object of texts and nothing unknown. */
final class RequestText {

  static final int NAME_LENGTH = 64;
  private static final Pattern PORTABLE = Pattern.compile("\\d{1,3}\\.\\d{2}");

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
      case "reset" -> {
        only(fields, Set.of("request", "zone", "person", "pin", "nonce", "portable"));
        yield new PanelRequest.Reset(
            name(fields, "zone"),
            name(fields, "person"),
            need(fields, "pin"),
            need(fields, "nonce"),
            portable(fields));
      }
      case "alive" -> {
        only(fields, Set.of("request"));
        yield new PanelRequest.Alive();
      }
      default -> throw new Malformed("this socket takes the requests trip, reset and alive");
    };
  }

  static SurfaceRequest surface(String line) throws Malformed {
    Map<String, String> fields = fields(line);
    if (!need(fields, "request").equals("trip")) {
      throw new Malformed("this socket takes the request trip and nothing else");
    }
    only(fields, Set.of("request", "command", "signature"));
    return new SurfaceRequest.Trip(need(fields, "command"), need(fields, "signature"));
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

  private static void only(Map<String, String> fields, Set<String> known) throws Malformed {
    if (!known.containsAll(fields.keySet())) {
      throw new Malformed("this request knows only the fields " + known.stream().sorted().toList());
    }
  }

  private static String need(Map<String, String> fields, String field) throws Malformed {
    String text = fields.getOrDefault(field, "");
    if (text.isEmpty()) {
      throw new Malformed("the field " + field + " is missing");
    }
    return text;
  }

  private static String name(Map<String, String> fields, String field) throws Malformed {
    String text = need(fields, field);
    if (text.length() > NAME_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
      throw new Malformed(field + " has at most 64 characters and no control characters");
    }
    return text;
  }

  private static Optional<Methane> portable(Map<String, String> fields) throws Malformed {
    String text = fields.getOrDefault("portable", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!PORTABLE.matcher(text).matches()) {
      throw new Malformed("portable is written as 0.60, in %CH4 with two decimals");
    }
    int hundredths = Integer.parseInt(text.replace(".", ""));
    if (hundredths > 10_000) {
      throw new Malformed("portable is at most 100.00");
    }
    return Optional.of(new Methane(hundredths));
  }
}
