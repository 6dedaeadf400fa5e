package davy.controller.sparkplug;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message of Sparkplug B as the specification's schema reads it, for tests: shares nothing with
 * the encoder, and knows every field of a metric that is no template or data set.
 *
 * @param seq −1 where there is none
 */
public record Decoded(long time, long seq, List<Metric> metrics) {

  /**
   * @param name empty where there is none
   * @param alias −1 where there is none
   * @param time −1 where there is none
   * @param type −1 where there is none
   * @param value Long, Double, Boolean, String; empty where it is null
   */
  public record Metric(
      String name,
      long alias,
      long time,
      long type,
      boolean historical,
      boolean isNull,
      Map<String, Object> properties,
      Optional<Object> value) {}

  private record Field(int number, int wireType, long bits, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  public static Decoded of(byte[] payload) {
    long time = -1;
    long seq = -1;
    List<Metric> metrics = new ArrayList<>();
    for (Field field : fields(payload)) {
      switch (field.number()) {
        case 1 -> time = field.bits();
        case 2 -> metrics.add(metric(field.bytes()));
        case 3 -> seq = field.bits();
        default -> throw new AssertionError("field " + field.number() + " of a payload");
      }
    }
    return new Decoded(time, seq, metrics);
  }

  public Metric metric(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + metrics));
  }

  private static Metric metric(byte[] bytes) {
    Map<Integer, Field> all = new LinkedHashMap<>();
    for (Field field : fields(bytes)) {
      if (all.put(field.number(), field) != null) {
        throw new AssertionError("field " + field.number() + " twice");
      }
    }
    Optional<Object> value = Optional.empty();
    for (Map.Entry<Integer, Field> field : all.entrySet()) {
      if (field.getKey() >= 10) {
        value = Optional.of(value(field.getKey(), field.getValue(), 10));
      }
    }
    return new Metric(
        all.containsKey(1) ? all.get(1).text() : "",
        bits(all, 2),
        bits(all, 3),
        bits(all, 4),
        bits(all, 5) == 1,
        bits(all, 7) == 1,
        all.containsKey(9) ? properties(all.get(9).bytes()) : Map.of(),
        value);
  }

  private static long bits(Map<Integer, Field> all, int number) {
    return all.containsKey(number) ? all.get(number).bits() : -1;
  }

  /** int, long, float, double, boolean, string: in this order, beginning at {@code first}. */
  private static Object value(int number, Field field, int first) {
    return switch (number - first) {
      case 0 -> (long) (int) field.bits();
      case 1 -> field.bits();
      case 3 -> Double.longBitsToDouble(field.bits());
      case 4 -> field.bits() != 0;
      case 5 -> field.text();
      default -> throw new AssertionError("value in field " + number);
    };
  }

  private static Map<String, Object> properties(byte[] set) {
    List<String> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Field field : fields(set)) {
      if (field.number() == 1) {
        keys.add(field.text());
      } else {
        List<Field> value = fields(field.bytes());
        long type = value.getFirst().bits();
        Field last = value.getLast();
        Object read = value(last.number(), last, 3);
        if (type != (read instanceof Long ? 3 : 12)) {
          throw new AssertionError("type " + type + " of " + read);
        }
        values.add(read);
      }
    }
    if (keys.size() != values.size()) {
      throw new AssertionError(keys + " but " + values);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      properties.put(keys.get(i), values.get(i));
    }
    return properties;
  }

  private static List<Field> fields(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >> 3);
      int wireType = (int) (key & 7);
      switch (wireType) {
        case 0 -> fields.add(new Field(number, wireType, varint(in), new byte[0]));
        case 1 -> fields.add(new Field(number, wireType, in.getLong(), new byte[0]));
        case 2 -> {
          byte[] part = new byte[(int) varint(in)];
          in.get(part);
          fields.add(new Field(number, wireType, 0, part));
        }
        default -> throw new AssertionError("wire type " + wireType);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte one;
    do {
      one = in.get();
      value |= (long) (one & 0x7F) << shift;
      shift += 7;
    } while (one < 0);
    return value;
  }
}
