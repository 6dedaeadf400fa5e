package davy.tests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A SCADA host in miniature: what {@code mosquitto_sub} hears of one zone, and when it came. */
final class ScadaBeside {

  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int METRIC = 2;
  private static final int NAME = 1;
  private static final int ALIAS = 2;
  private static final int BOOLEAN_VALUE = 14;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /** A message, and when it was read here, nanoseconds of the machine's monotonic clock. */
  private record Heard(String topic, byte[] payload, long nanos) {}

  /** A field of a message of protocol buffers; a number has no bytes. */
  private record Field(int number, long value, byte[] bytes) {}

  ScadaBeside(Companions beside, String port, String device) throws IOException {
    String filter = "spBv1.0/+/+/+/" + device;
    Process subscriber =
        beside.start("mosquitto_sub", "-p", port, "-t", filter, "-q", "1", "-F", "%t %x");
    Thread.ofPlatform().daemon().start(() -> read(subscriber));
  }

  private void read(Process subscriber) {
    try (BufferedReader lines = subscriber.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ");
        heard.add(new Heard(parts[0], HexFormat.of().parseHex(parts[1]), System.nanoTime()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** When a Boolean of this name was told with this value, first after {@code since}. */
  long told(String name, boolean value, long since) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - end < 0) {
      for (Heard one : heard) {
        boolean data = one.topic().contains("/DDATA/") && one.nanos() - since > 0;
        if (data && says(one.payload(), alias(name), value)) {
          return one.nanos();
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("in 30 s nobody told " + name + " = " + value);
  }

  /** As the births say. */
  private long alias(String name) {
    return heard.stream()
        .filter(one -> one.topic().contains("/DBIRTH/"))
        .flatMap(birth -> fields(birth.payload()).stream())
        .filter(field -> field.number() == METRIC)
        .map(metric -> fields(metric.bytes()))
        .filter(metric -> metric.stream().anyMatch(field -> named(field, name)))
        .flatMap(List::stream)
        .filter(field -> field.number() == ALIAS)
        .mapToLong(Field::value)
        .findFirst()
        .orElse(-1);
  }

  private static boolean named(Field field, String name) {
    return field.number() == NAME && name.equals(new String(field.bytes(), StandardCharsets.UTF_8));
  }

  private static boolean says(byte[] payload, long alias, boolean value) {
    return fields(payload).stream()
        .filter(field -> field.number() == METRIC)
        .map(metric -> fields(metric.bytes()))
        .anyMatch(
            metric ->
                metric.stream().anyMatch(one -> one.number() == ALIAS && one.value() == alias)
                    && metric.stream().anyMatch(one -> flag(one, value)));
  }

  private static boolean flag(Field field, boolean value) {
    return field.number() == BOOLEAN_VALUE && field.value() == (value ? 1 : 0);
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      int number = key >>> 3;
      switch (key & 7) {
        case VARINT -> fields.add(new Field(number, varint(in), new byte[0]));
        case FIXED_64 -> fields.add(new Field(number, in.getLong(), new byte[0]));
        case LENGTH_DELIMITED -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, 0, bytes));
        }
        default -> throw new AssertionError("wire type of field " + number);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    byte one;
    int shift = 0;
    do {
      one = in.get();
      value |= (long) (one & 0x7F) << shift;
      shift += 7;
    } while (one < 0);
    return value;
  }
}
