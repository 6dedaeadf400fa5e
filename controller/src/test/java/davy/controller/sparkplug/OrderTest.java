package davy.controller.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final int ROUNDS = 200_000;

  private static byte[] command(Wire... metrics) {
    Wire payload = new Wire().number(1, 1_800_000_000_000L);
    for (Wire metric : metrics) {
      payload.part(2, metric);
    }
    return payload.bytes();
  }

  @Test
  void onlyATrueRebirthIsOne() throws Exception {
    List<Order> orders =
        Order.read(
            command(
                new Wire().text(1, "Node Control/Rebirth").number(4, 11).flag(14, true),
                new Wire().text(1, "Node Control/Rebirth").number(4, 11).flag(14, false),
                new Wire().text(1, "node control/rebirth").flag(14, true),
                new Wire().text(1, "Node Control/Reboot").flag(14, true),
                new Wire().number(2, 17).real(13, 1.0)));
    assertEquals(
        List.of(true, false, false, false, false), orders.stream().map(Order::rebirth).toList());
    assertEquals("alias 17", orders.getLast().metric());
  }

  @Test
  void aDeathIsKnownByItsNumber() throws Exception {
    Order death = Order.read(Payload.nodeDeath(17, 1)).getFirst();
    assertTrue(death.deathOf(17));
    assertEquals(false, death.deathOf(16));
  }

  @Test
  void whatReachesBeyondItsEndIsMalformed() {
    byte[] whole = command(new Wire().text(1, "Node Control/Rebirth").flag(14, true));
    for (int length = 8; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      if (length != 8) {
        assertThrows(Order.Malformed.class, () -> Order.read(cut), "length " + length);
      }
    }
    assertThrows(Order.Malformed.class, () -> Order.read(new byte[] {0x12, -1, -1, -1, -1, 15}));
  }

  @Test
  void randomBytesAreACommandOrMalformed() {
    long seed = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("OrderTest: -Ddavy.seed=" + seed);
    Random random = new Random(seed);
    byte[] whole =
        command(
            new Wire().text(1, "Node Control/Rebirth").number(2, 1).number(4, 11).flag(14, true),
            new Wire().text(1, "Zone/Granted").part(9, new Wire().text(1, "x")).text(15, "y"));
    int malformed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Order.read(bytes);
      } catch (Order.Malformed _) {
        malformed++;
      }
    }
    assertTrue(malformed > ROUNDS / 10, "only " + malformed + " malformed");
  }
}
