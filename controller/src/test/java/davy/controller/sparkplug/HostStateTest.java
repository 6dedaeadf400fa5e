package davy.controller.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HostStateTest {

  private final HostState host = new HostState();

  private void says(boolean online, long timestamp) {
    host.take("{\"online\":%s,\"timestamp\":%d}".formatted(online, timestamp));
  }

  @Test
  void theFirstWordCountsWhateverItsTimestamp() {
    assertEquals(false, host.online());
    says(true, -5);
    assertEquals(true, host.online());
  }

  @Test
  void aLateOfflineOfAnEarlierConnectionIsPassedOver() {
    says(true, 10);
    says(false, 9);
    assertEquals(true, host.online());
    says(false, 10);
    assertEquals(false, host.online());
  }

  @Test
  void anOnlineThatIsOlderThanTheLastWordIsPassedOverAndNamed() {
    says(false, 10);
    says(true, 9);
    assertEquals(false, host.online());
    assertEquals(true, host.stale());
    says(true, 10);
    assertEquals(true, host.online());
    assertEquals(false, host.stale());
  }

  @Test
  void timestampsGoOnOverANewConnectionAndItsStateDoesNot() {
    says(true, 10);
    host.connected();
    assertEquals(false, host.online());
    says(true, 9);
    assertEquals(false, host.online());
    says(true, 11);
    assertEquals(true, host.online());
  }

  @Test
  void whatIsNoWordOfAHostOf3IsPassedOver() {
    host.take("ONLINE");
    host.take("");
    host.take("{\"online\":\"true\",\"timestamp\":1}");
    host.take("{\"online\":true}");
    host.take("{\"online\":true,\"timestamp\":1,\"x\":\"" + "y".repeat(2_000) + "\"}");
    assertEquals(false, host.online());
  }
}
