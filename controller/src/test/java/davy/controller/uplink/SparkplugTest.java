package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.sparkplug.Commands;
import davy.controller.sparkplug.Decoded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edge node and a SCADA host at a real broker: births, deaths, commands, the primary host. */
class SparkplugTest {

  private static final String HOST = "SCADA-1";

  @TempDir Path folder;
  private Mosquitto broker;
  private Scada scada;
  private Optional<Node> node = Optional.empty();

  @BeforeEach
  void startBroker() throws Exception {
    broker = new Mosquitto(folder, "");
    scada = new Scada(broker.port());
  }

  @AfterEach
  void stop() throws Exception {
    node.ifPresent(Node::close);
    scada.close();
    broker.close();
    ClientThreads.awaitNone();
  }

  private Node start(Optional<String> primaryHost) {
    Node started = new Node(folder, broker.port(), primaryHost);
    node = Optional.of(started);
    return started;
  }

  private void leave() {
    node.ifPresent(Node::close);
    node = Optional.empty();
  }

  private void awaitBirths(long number) {
    await("births number " + number, () -> scada.count("DBIRTH") >= 5 * number);
  }

  @Test
  void nothingButTheDeathIsOfQos1AndNothingIsRetained() throws Exception {
    Node running = start(Optional.empty());
    awaitBirths(1);
    running.show(1, "0.41", true);
    await("data", () -> scada.count("DDATA") == 1);
    leave();
    await("the death", () -> scada.count("NDEATH") == 1);
    for (Scada.Message message : scada.heard()) {
      assertFalse(message.retained(), message.verb());
      assertEquals(message.is("NDEATH") ? 1 : 0, message.qos(), message.verb());
    }
    Decoded death = scada.heard("NDEATH").getFirst().decoded();
    assertEquals(-1, death.seq());
    assertEquals(1, death.metrics().size());
    List<String> verbs = scada.heard().stream().map(Scada.Message::verb).toList();
    assertEquals(
        List.of("NBIRTH", "DBIRTH", "DBIRTH", "DBIRTH", "DBIRTH", "DBIRTH", "DDATA", "NDEATH"),
        verbs.stream().filter(verb -> !verb.equals("NDATA")).toList());
    try (Scada late = new Scada(broker.port())) {
      late.publish(Scada.topic("NCMD"), new byte[0], false);
      await("its own message comes back", () -> late.count("NCMD") == 1);
      assertEquals(1, late.heard().size(), "who comes late finds nothing of before");
    }
  }

  @Test
  void bdSeqIsOneMoreForEachConnectionAlsoOverARestart() throws Exception {
    for (int number = 0; number < 3; number++) {
      start(Optional.empty());
      awaitBirths(number + 1);
      String kept = Files.readString(folder.resolve("sparkplug.json"));
      assertTrue(kept.contains("\"bdSeq\":" + number), kept);
      leave();
      long deaths = number + 1;
      await("the death", () -> scada.count("NDEATH") == deaths);
      assertEquals(number, scada.heard("NBIRTH").getLast().bdSeq());
      assertEquals(number, scada.heard("NDEATH").getLast().bdSeq());
    }
  }

  @Test
  void aWishForBirthsIsObeyedAtMostOnceIn5SecondsAndKillsNothing() throws Exception {
    start(Optional.empty());
    awaitBirths(1);
    for (int i = 0; i < 1_000; i++) {
      scada.flood(Scada.topic("NCMD"), Commands.rebirth());
    }
    awaitBirths(2);
    List<Scada.Message> births = scada.heard("NBIRTH");
    long apart = births.get(1).decoded().time() - births.get(0).decoded().time();
    assertTrue(apart >= 4_990, "after " + apart + " ms");
    assertEquals(2, births.size(), "a thousand wishes are one");
    assertEquals(births.get(0).bdSeq(), births.get(1).bdSeq());
    assertEquals(0, scada.count("NDEATH"));
    long seq = 0;
    for (Scada.Message message : scada.sinceBirth()) {
      if (!message.is("NCMD")) {
        assertEquals(seq++, message.decoded().seq(), message.verb());
      }
    }
  }

  @Test
  void whoeverTellsOurDeathWhileWeLiveGetsBirths() throws Exception {
    start(Optional.empty());
    awaitBirths(1);
    scada.publish(Scada.topic("NDEATH"), Commands.death(200), false);
    scada.publish(Scada.topic("NDEATH"), Commands.death(0), false);
    awaitBirths(2);
    assertEquals(2, scada.count("NBIRTH"));
  }

  @Test
  void everyOtherWriteIsRefusedAndNotedWhateverItsFormAndNumber() throws Exception {
    Node running = start(Optional.empty());
    awaitBirths(1);
    scada.publish(Scada.topic("NCMD"), Commands.write("Node Control/Reboot"), false);
    scada.publish(Scada.topic("NCMD"), Commands.write("Node Control/Next Server"), false);
    scada.publish(Scada.topic("DCMD") + "/Zone-Z1", Commands.write("Granted"), false);
    scada.publish(Scada.topic("DCMD") + "/Zone-Z1", Commands.rebirth(), false);
    scada.publish(Scada.topic("DCMD") + "/nobody", Commands.byAlias(12), false);
    scada.publish(Scada.topic("NCMD"), "ON".getBytes(StandardCharsets.UTF_8), false);
    scada.publish(Scada.topic("NCMD"), new byte[0], false);
    scada.publish(Scada.topic("NCMD"), Commands.write("a\nb" + "x".repeat(500)), false);
    await("all are noted", () -> running.writes().size() == 8);
    assertEquals(
        List.of(
            "NCMD Node Control/Reboot",
            "NCMD Node Control/Next Server",
            "DCMD Zone-Z1 Granted",
            "DCMD Zone-Z1 Node Control/Rebirth",
            "DCMD nobody alias 12",
            "NCMD unreadable",
            "NCMD without a metric"),
        running.writes().subList(0, 7));
    assertTrue(running.writes().get(7).matches("NCMD a\\?bx+"), running.writes().get(7));
    assertTrue(running.writes().get(7).length() <= 64);
    running.journalThere(false);
    for (int i = 0; i < 1_000; i++) {
      scada.publish(Scada.topic("DCMD") + "/Zone-Z1", Commands.write("Granted"), false);
    }
    running.journalThere(true);
    await(
        "each of them is noted or counted",
        () -> running.writes().size() + running.passedOver() >= 1_000);
    scada.publish(Scada.topic("NCMD"), Commands.write("last"), false);
    await("the last", () -> running.writes().getLast().equals("NCMD last"));
    assertEquals(1_009, running.writes().size() + running.passedOver(), "none is missing");
    assertEquals(1, scada.count("NBIRTH"));
    assertEquals(0, scada.count("NDEATH"));
  }

  /** The node hears what is said from now on: its subscriptions stand. */
  private void awaitListening() {
    int before = node.orElseThrow().writes().size();
    await(
        "it listens",
        () -> {
          try {
            scada.publish(Scada.topic("NCMD"), Commands.write("anything"), false);
          } catch (MqttException e) {
            throw new AssertionError(e);
          }
          return node.orElseThrow().writes().size() > before;
        });
  }

  @Test
  void nothingIsToldBeforeThePrimaryHostIsThereAndNothingAfterItHasGone() throws Exception {
    scada.publish("STATE/" + HOST, "ONLINE".getBytes(StandardCharsets.UTF_8), true);
    scada.publish("spBv1.0/STATE/" + HOST, "ONLINE".getBytes(StandardCharsets.UTF_8), true);
    start(Optional.of(HOST));
    awaitListening();
    scada.state("another", true, 50);
    scada.state(HOST, false, 100);
    scada.state(HOST, true, 99);
    scada.publish(Scada.topic("NCMD"), Commands.rebirth(), false);
    awaitListening();
    assertEquals(0, scada.count("NBIRTH"), "an older word than the last one counts for nothing");
    scada.state(HOST, true, 101);
    awaitBirths(1);
    scada.state(HOST, false, 100);
    awaitListening();
    node.orElseThrow().show(1, "0.41", true);
    await("a late word of before is passed over", () -> scada.count("DDATA") == 1);
    scada.state(HOST, false, 101);
    await("the death", () -> scada.count("NDEATH") == 1);
    node.orElseThrow().show(2, "0.42", true);
    awaitListening();
    assertEquals(1, scada.count("NBIRTH"));
    scada.state(HOST, true, 102);
    awaitBirths(2);
    assertEquals(1, scada.heard("NBIRTH").getLast().bdSeq());
    await(
        "what happened meanwhile is told as past",
        () -> scada.heard("DDATA").stream().anyMatch(SparkplugTest::historical));
  }

  private static boolean historical(Scada.Message message) {
    return message.decoded().metrics().stream().allMatch(Decoded.Metric::historical);
  }

  @Test
  void aLostInterlockIsToldAtOnceAndSoIsItsReturn() {
    Node running = start(Optional.empty());
    awaitBirths(1);
    running.interlockGone();
    await("every device is dead", () -> scada.count("DDEATH") == 5);
    running.show(300, "1.60", false);
    await("and born again", () -> scada.count("DBIRTH") == 10);
    await(
        "what happened meanwhile is told as past",
        () -> scada.heard("DDATA").stream().anyMatch(SparkplugTest::historical));
    assertEquals(1, scada.count("NBIRTH"));
    assertEquals(0, scada.count("NDEATH"));
    long next = 0;
    for (Scada.Message message : scada.heard()) {
      assertEquals(next++, message.decoded().seq());
    }
  }
}
