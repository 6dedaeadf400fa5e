package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.sparkplug.Commands;
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
      int change = showWhileThePastGoesUp(scada, alias);
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

  /**
   * While all that was missed is told, every present value is.
   *
   * @return how many were shown
   */
  private int showWhileThePastGoesUp(Scada scada, long alias) {
    int change = 0;
    while (past(scada, alias).size() < MISSED) {
      int told = past(scada, alias).size();
      node.show(MISSED + ++change, "0." + (100 + change), false);
      int shown = change;
      await("the live value is told meanwhile", () -> told(scada, shown));
      await("more of the past", () -> past(scada, alias).size() > told);
    }
    return change;
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
      await("with all devices", () -> bornWhole(scada));
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

  /** As a cluster may: a host that finds a gap in seq wishes for births, and gets them. */
  @Test
  void aBrokerThatDoublesAndReordersCostsNoMoreThanBirthsOnWish() throws Exception {
    long seed = System.nanoTime();
    System.out.println("aBrokerThatDoublesAndReorders: seed " + seed);
    try (Mixer mixer = new Mixer(broker.port(), seed);
        Scada scada = new Scada(broker.port())) {
      long began = System.nanoTime();
      node = new Node(folder, mixer.port(), Optional.of("SCADA-1"));
      scada.state("SCADA-1", true, 1);
      int change = 0;
      while (mixer.mixed() < 25) {
        scada.publish(Scada.topic("NCMD"), Commands.rebirth(), false);
        scada.state("SCADA-1", true, ++change);
        long births = scada.count("NBIRTH");
        node.show(change, "0." + (100 + change), false);
        int shown = change;
        await("it is told", () -> told(scada, shown) || scada.count("NBIRTH") > births);
      }
      mixer.honest();
      node.show(change + 1L, "0.66", false);
      await("nothing is held back any more", () -> told(scada, 0.66));
      long least = scada.count("NBIRTH");
      long passed = System.nanoTime() - began;
      assertTrue(least <= 2 * (passed / SparkplugTalk.BIRTH_NANOS + 2), least + " births");
      scada.publish(Scada.topic("NCMD"), Commands.rebirth(), false);
      await("the births on wish", () -> scada.count("NBIRTH") > least && bornWhole(scada));
      node.show(change + 2L, "0.77", false);
      await("the present", () -> told(scada, 0.77));
      inSequence(scada.sinceBirth());
      assertEquals(0, scada.count("NDEATH"), "nobody took it for dead");
      assertEquals(0, scada.sinceBirth().getFirst().bdSeq(), "one connection all the while");
      assertEquals(List.of(), node.writes(), "a wish is no write");
    }
  }

  private static boolean bornWhole(Scada scada) {
    return scada.sinceBirth().stream().filter(one -> one.is("DBIRTH")).count() == 5;
  }

  private static boolean told(Scada scada, int hundredths) {
    return told(scada, (100 + hundredths) / 1000.0);
  }

  /** T1 was told to read so, in a birth or since. */
  private static boolean told(Scada scada, double value) {
    return scada.heard().stream()
        .filter(one -> one.is("DDATA") || one.is("DBIRTH"))
        .flatMap(one -> one.decoded().metrics().stream())
        .anyMatch(metric -> !metric.historical() && metric.value().equals(Optional.of(value)));
  }

  /** 64 kB a second each way. */
  @Test
  void onAThinLineThePastGoesUpWhileThePresentIsTold() throws Exception {
    try (Scada before = new Scada(broker.port())) {
      begin(before);
    }
    node.close();
    try (PacedProxy line = new PacedProxy(broker.port(), 64_000);
        Scada scada = new Scada(broker.port())) {
      node = new Node(folder, line.port(), Optional.empty(), MISSED);
      awaitBirths(scada);
      showWhileThePastGoesUp(scada, alias(scada));
      assertEquals("", node.trouble());
      assertEquals(1, scada.count("NBIRTH"), "one connection all the while");
      inSequence(scada.sinceBirth());
    }
  }
}
