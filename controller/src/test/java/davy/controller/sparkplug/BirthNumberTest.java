package davy.controller.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BirthNumberTest {

  @Test
  void itBeginsAt0AndIsOneMoreForEveryConnectThatLeft() {
    BirthNumber numbers = new BirthNumber(-1);
    assertEquals(0, numbers.next());
    assertEquals(0, numbers.next(), "no CONNECT left: the number is still free");
    numbers.used();
    assertEquals(1, numbers.next());
  }

  @Test
  void after255Comes0() {
    BirthNumber numbers = new BirthNumber(254);
    assertEquals(255, numbers.next());
    numbers.used();
    assertEquals(0, numbers.next());
  }

  @Test
  void aNumberThatWasOnDiskMayHaveBeenUsed() {
    assertEquals(18, new BirthNumber(17).next());
  }
}
