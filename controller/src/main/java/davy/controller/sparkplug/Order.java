package davy.controller.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody at the surface wants to write, one metric.
 *
 * @param metric its name, or {@code alias N}
 * @param on its value is true
 * @param number its value where that is a whole number, else 0
 */
public record Order(String metric, boolean on, long number) {

  private static final int PAYLOAD_METRIC = 2;
  private static final int NAME = 1;
  private static final int ALIAS = 2;
  private static final int LONG_VALUE = 11;
  private static final int BOOLEAN_VALUE = 14;

  /** The bytes are no message of Sparkplug B. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Asks for the births anew. */
  public boolean rebirth() {
    return on && metric.equals(Payload.REBIRTH.name());
  }

  /** Is the number of a death. */
  public boolean deathOf(int birthNumber) {
    return metric.equals(Payload.BIRTH_NUMBER.name()) && number == birthNumber;
  }

  /** The metrics of a command, in their order. */
  public static List<Order> read(byte[] payload) throws Malformed {
    List<Order> orders = new ArrayList<>();
    WireReader in = new WireReader(payload);
    while (in.next()) {
      if (in.field() == PAYLOAD_METRIC) {
        orders.add(metric(in.part()));
      } else {
        in.pass();
      }
    }
    return orders;
  }

  private static Order metric(WireReader in) throws Malformed {
    String name = "";
    String alias = "no name";
    boolean on = false;
    long number = 0;
    while (in.next()) {
      switch (in.field()) {
        case NAME -> name = new String(in.bytes(), StandardCharsets.UTF_8);
        case ALIAS -> alias = "alias " + Long.toUnsignedString(in.number());
        case LONG_VALUE -> number = in.number();
        case BOOLEAN_VALUE -> on = in.number() != 0;
        default -> in.pass();
      }
    }
    return new Order(name.isEmpty() ? alias : name, on, number);
  }
}
