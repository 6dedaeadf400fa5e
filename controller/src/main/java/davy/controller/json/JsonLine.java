package davy.controller.json;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Writes and reads one JSON object as one line, without the line's end. */
public final class JsonLine {

  /** Deeper than anything of ours; reading is recursive, and a peer's line may nest at will. */
  private static final int DEEPEST = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** A line that is no single JSON object. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private Malformed(String message) {
      super(message);
    }
  }

  private JsonLine() {}

  /** Fields in the map's order. A value of any other type than the package names is a defect. */
  public static String write(Map<String, ?> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      value(out, fields);
    }
    return text.toString();
  }

  private static void value(JsonGenerator out, Object value) {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number.intValue());
      case Long number -> out.writeNumber(number.longValue());
      case Double number -> out.writeNumber(number.doubleValue());
      case Boolean flag -> out.writeBoolean(flag.booleanValue());
      case List<?> items -> {
        out.writeStartArray();
        items.forEach(item -> value(out, item));
        out.writeEndArray();
      }
      case Map<?, ?> fields -> {
        out.writeStartObject();
        fields.forEach(
            (name, field) -> {
              out.writeName((String) name);
              value(out, field);
            });
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  /**
   * @throws Malformed when the line is no JSON object, or something follows it
   */
  public static Map<String, Object> read(String line) throws Malformed {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("not a JSON object");
      }
      Map<String, Object> fields = object(in);
      if (in.nextToken() != null) {
        throw new Malformed("more than one JSON object in a line");
      }
      return fields;
    } catch (JacksonException e) {
      throw new Malformed(e.getOriginalMessage());
    }
  }

  private static Map<String, Object> object(JsonParser in) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      if (in.nextToken() != JsonToken.VALUE_NULL) {
        fields.put(name, value(in));
      }
    }
    return fields;
  }

  private static Object value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          if (in.currentToken() != JsonToken.VALUE_NULL) {
            items.add(value(in));
          }
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> in.getString();
    };
  }
}
