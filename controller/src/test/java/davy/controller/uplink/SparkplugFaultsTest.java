package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.sparkplug.Decoded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edge node and a real broker that is killed, stopped and shared with a namesake. */
class SparkplugFaultsTest {

  private static final long MISSED = 20_000;

  @TempDir Path folder;
  private Mosquitto broker;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    broker = new Mosquitto(folder, "");
  }

  private Node begin(Scada scada) {
    node = new Node(folder, broker.port(), Optional.empty());
    awaitBirths(scada);
    return node;
  }

  @AfterEach
  void stop() {
    node.close();
    broker.close();
    ClientThreads.awaitNone();
  }

  private static void awaitBirths(Scada scada) {
    await("the births", () -> scada.count("DBIRTH") >= 5);
  }

  /** Values of T1 that were told as past, each with its time. */
  private static List<Decoded.Metric> past(Scada scada, long alias) {
    List<Decoded.Metric> past = new ArrayList<>();
    for (Scada.Message message : scada.heard("DDATA")) {
      for (Decoded.Metric metric : message.decoded().metrics()) {
        if (metric.historical() && metric.alias() == alias) {
          past.add(metric);
        }
      }
    }
    return past;
  }

  private static long alias(Scada scada) {
    return scada.heard("DBIRTH").stream()
        .filter(birth -> birth.device().equals("Heads-T1"))
        .findFirst()
        .orElseThrow()
        .decoded()
        .metric("T1/Value")
        .alias();
  }

  @Test
  void afterABrokerWasKilledThePresentComesFirstThenAllThatWasMissedInItsOrder() throws Exception {
    try (Scada before = new Scada(broker.port())) {
      begin(before);
    }
    broker.kill();
    await("the loss is noticed", () -> !node.trouble().isEmpty());
    node.close();
    broker.start();
    try (Scada scada = new Scada(broker.port())) {
      node = new Node(folder, broker.port(), Optional.empty(), MISSED);
      awaitBirths(scada);
      long alias = alias(scada);
      int change = 0;
      while (past(scada, alias).size() < MISSED) {
        int told = past(scada, alias).size();
        node.show(MISSED + ++change, "0." + (100 + change), false);
        long live = change;
        await("the live value is told meanwhile", () -> live(scada, alias) >= live);
        await("more of the past", () -> past(scada, alias).size() > told);
      }
      List<Decoded.Metric> past = past(scada, alias);
      for (int i = 0; i < past.size(); i++) {
        assertEquals(Optional.of((i + 1) / 100.0), past.get(i).value());
        assertEquals(Node.millis(i + 1), past.get(i).time(), "its own time");
      }
      assertEquals(MISSED, past.size(), "each once");
      List<Scada.Message> told = scada.sinceBirth();
      assertTrue(told.subList(1, 6).stream().allMatch(one -> one.is("DBIRTH")));
      assertTrue(told.getFirst().bdSeq() > 0);
      assertTrue(change > 3, "live values were told between: " + change);
      inSequence(told);
    }
  }

  private static void inSequence(List<Scada.Message> told) {
    long seq = 0;
    for (Scada.Message message : told) {
      assertEquals(seq++ % 256, message.decoded().seq(), message.verb());
    }
  }

  /** How many present values of T1 were told. */
  private static long live(Scada scada, long alias) {
    return scada.heard("DDATA").stream()
        .flatMap(message -> message.decoded().metrics().stream())
        .filter(metric -> metric.alias() == alias && !metric.historical())
        .count();
  }

  @Test
  void aStoppedBrokerIsNoticedCostsNothingAndGetsBirthsWhenItGoesOn() throws Exception {
    try (Scada scada = new Scada(broker.port())) {
      begin(scada);
      broker.signal("STOP");
      long used = memory();
      AtomicInteger shown = new AtomicInteger();
      await(
          "the stall is noticed, and nobody waits for the broker",
          () -> {
            node.show(shown.incrementAndGet(), "0." + (100 + shown.get()), true);
            return !node.trouble().isEmpty();
          });
      assertTrue(ClientThreads.all().size() <= 8, ClientThreads::toText);
      assertTrue(memory() - used < 16 << 20, "memory grew by " + (memory() - used));
      broker.signal("CONT");
      await("births again", () -> scada.count("NBIRTH") >= 2);
      await(
          "with all devices",
          () -> scada.sinceBirth().stream().filter(one -> one.is("DBIRTH")).count() == 5);
      assertTrue(scada.count("NDEATH") >= 1, "the broker tells the death of the one before");
    }
  }

  private static long memory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aNamesakeThrowsUsOutAndWeComeBackWithTheNextBdSeq() throws Exception {
    try (Scada scada = new Scada(broker.port())) {
      begin(scada);
      MqttClient namesake =
          new MqttClient("tcp://127.0.0.1:" + broker.port(), "station", new MemoryPersistence());
      namesake.connect();
      await("our death is told", () -> scada.count("NDEATH") == 1);
      await("births again", () -> scada.sinceBirth().getFirst().bdSeq() == 1);
      await("the namesake is thrown out", () -> !namesake.isConnected());
      namesake.close(true);
      await("all devices", () -> scada.count("DBIRTH") == 10);
      assertEquals(0, scada.heard("NDEATH").getFirst().bdSeq(), "the death is that of the birth");
    }
  }
}
