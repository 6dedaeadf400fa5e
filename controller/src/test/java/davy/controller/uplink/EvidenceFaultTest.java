package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.county.PostgreSql;
import davy.controller.journal.Labelled;
import davy.hal.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens between a station and the county's data base: in the end every record stands
 * there once, as the station's own files hold it. Each test prints its row of the table of faults.
 */
final class EvidenceFaultTest {

  private static final long TEN_YEARS_MILLIS = 315_576_000_000L;

  @TempDir Path place;
  private final List<AutoCloseable> running = new ArrayList<>();
  private CountyRig county;
  private String title = "";

  @BeforeEach
  void begin(TestInfo test) throws Exception {
    title = test.getDisplayName();
    county = closing(new CountyRig());
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : running.reversed()) {
      one.close();
    }
    ClientThreads.awaitNone();
  }

  private <T extends AutoCloseable> T closing(T one) {
    running.add(one);
    return one;
  }

  private Outpost outpost() throws Exception {
    Path folder = Files.createDirectories(place.resolve("station"));
    return closing(new Outpost("410403004688/00001", folder, Clock.SYSTEM));
  }

  private Mosquitto broker(String more) throws Exception {
    return closing(new Mosquitto(place, more));
  }

  /** A station with so many records, and the county, at one broker. */
  private Outpost joined(Mosquitto broker, int records) throws Exception {
    Outpost station = outpost();
    station.grow(records);
    county.start(Outpost.broker(broker.port()));
    station.connect(Outpost.broker(broker.port()));
    return station;
  }

  private void awaitComplete(Outpost station) throws Exception {
    county.awaitComplete(station, place);
    long made = station.journal().durableSeq();
    int kept = county.export(station.name()).size();
    System.out.printf("fault table | %s | %d | %d | %d |%n", title, made, kept, kept);
  }

  @Test
  void aStoppedBroker() throws Exception {
    Mosquitto broker = broker("");
    Outpost station = joined(broker, 1_000);
    await("some are there", () -> county.completeTo(station) > 100);
    broker.signal("STOP");
    station.grow(3_000);
    await("the stall is noticed", () -> !station.trouble().isEmpty());
    broker.signal("CONT");
    awaitComplete(station);
  }

  @Test
  void aCertificateThatTheBrokerRefusesUntilItIsReplaced() throws Exception {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Identity client = Identity.make(place, "client", "DNS:station");
    Identity server = Identity.make(place, "server", "IP:127.0.0.1");
    Identity wrong = Identity.make(place, "wrong", "DNS:station");
    Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));
    Mosquitto broker = broker(Identity.mutual(server, client));
    Outpost station = outpost();
    station.grow(1_500);
    county.start(client.broker(broker.port(), server.certificate()));
    station.connect(wrong.broker(broker.port(), server.certificate()));
    await("it is refused", () -> !station.trouble().isEmpty());
    station.grow(500);
    assertEquals(0, county.completeTo(station));
    Files.copy(client.certificate(), wrong.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(client.key(), wrong.key(), StandardCopyOption.REPLACE_EXISTING);
    awaitComplete(station);
  }

  @Test
  void aThinLine() throws Exception {
    Mosquitto broker = broker("");
    PacedProxy line = closing(new PacedProxy(broker.port(), 64_000));
    Outpost station = outpost();
    station.grow(600);
    county.start(Outpost.broker(broker.port()));
    station.connect(Outpost.broker(line.port()));
    awaitComplete(station);
  }

  @Test
  void aLineThatDoublesAndReordersMessages() throws Exception {
    long seed = System.nanoTime();
    System.out.println("aLineThatDoublesAndReordersMessages: seed " + seed);
    Mosquitto broker = broker("");
    Mixer above = closing(new Mixer(broker.port(), seed));
    Mixer below = closing(new Mixer(broker.port(), ~seed));
    Outpost station = outpost();
    county.start(Outpost.broker(above.port()));
    station.connect(Outpost.broker(below.port()));
    while (above.mixed() < 15 || below.mixed() < 15) {
      station.grow(500);
      long last = station.journal().durableSeq();
      await("that is there", 120, () -> county.completeTo(station) == last);
    }
    awaitComplete(station);
  }

  @Test
  void anotherClientOfTheSameName() throws Exception {
    Mosquitto broker = broker("");
    Outpost station = joined(broker, 4_000);
    for (int again = 1; again <= 3; again++) {
      long more = 500L * again;
      await("some are there", () -> county.completeTo(station) > more);
      String name = "davy-" + station.name().replace('/', '-') + "-evidence";
      MqttAsyncClient thief =
          new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), name, new MemoryPersistence());
      thief.connect().waitForCompletion(5_000);
      await("the station is put out", () -> !station.trouble().isEmpty() || !thief.isConnected());
      thief.disconnectForcibly(0, 100, false);
      thief.close(true);
    }
    awaitComplete(station);
  }

  @Test
  void aWallClockThatJumpsTenYearsEitherWay() throws Exception {
    Mosquitto broker = broker("");
    Path folder = Files.createDirectories(place.resolve("station"));
    AtomicLong offset = new AtomicLong();
    Outpost station =
        closing(
            new Outpost(
                "410403004688/00001",
                folder,
                Clock.SYSTEM,
                Labelled.open(
                    folder.resolve("journal"),
                    1 << 20,
                    Clock.SYSTEM,
                    () -> System.currentTimeMillis() + offset.get())));
    county.start(Outpost.broker(broker.port()));
    station.connect(Outpost.broker(broker.port()));
    for (long jump : new long[] {TEN_YEARS_MILLIS, -TEN_YEARS_MILLIS, 0}) {
      offset.set(jump);
      station.grow(700);
    }
    awaitComplete(station);
    Stream<String> kept = county.export(station.name()).stream();
    assertTrue(kept.anyMatch(line -> line.contains("\"clock\":\"stepped\"")), "no step was seen");
  }

  @Test
  void aCountyKilledBetweenItsCommitAndItsAcknowledgement() throws Exception {
    Mosquitto broker = broker("max_inflight_messages 0");
    PacedProxy line = closing(new PacedProxy(broker.port(), 100_000_000));
    Outpost station = outpost();
    station.grow(100);
    station.connect(Outpost.broker(broker.port()));
    try (CountyProcess first = new CountyProcess(place, county, line.port())) {
      await("the first are there", 60, () -> county.completeTo(station) > 0);
      await("and acknowledged", () -> station.cursor() == station.journal().durableSeq());
      line.hold();
      station.grow(2_000);
      long last = station.journal().durableSeq();
      await("all is committed", () -> county.completeTo(station) == last);
      first.kill();
    }
    assertTrue(station.cursor() < station.journal().durableSeq(), "something was acknowledged");
    county.start(Outpost.broker(broker.port()));
    awaitComplete(station);
    await("the cursor follows", () -> station.cursor() == station.journal().durableSeq());
  }

  @Test
  void aCountyKilledAgainAndAgain() throws Exception {
    long seed = System.nanoTime();
    System.out.println("aCountyKilledAgainAndAgain: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Mosquitto broker = broker("");
    Outpost station = outpost();
    station.grow(1_000);
    station.connect(Outpost.broker(broker.port()));
    for (int again = 0; again < 3; again++) {
      long before = county.completeTo(station);
      try (CountyProcess one = new CountyProcess(place, county, broker.port())) {
        station.grow(1_000);
        long more = before + 1 + random.nextLong(900);
        await("some more are there", 60, () -> county.completeTo(station) >= more);
        one.kill();
      }
      assertTrue(station.cursor() <= county.completeTo(station), "acknowledged and not kept");
    }
    county.start(Outpost.broker(broker.port()));
    awaitComplete(station);
  }

  @Test
  void aDataBaseKilledInTheMiddle() throws Exception {
    Mosquitto broker = broker("");
    Outpost station = joined(broker, 10_000);
    await("some are there", () -> county.completeTo(station) > 500);
    PostgreSql.shared().crash();
    assertTrue(station.cursor() <= county.completeTo(station), "acknowledged and not kept");
    station.grow(500);
    awaitComplete(station);
  }

  @Test
  void everyMachineBetweenThemGoesAwayInTurn() throws Exception {
    Mosquitto broker = broker("max_queued_messages 5");
    Outpost station = joined(broker, 5_000);
    await("some are there", () -> county.completeTo(station) > 500);
    broker.kill();
    await("the loss is noticed", () -> !station.trouble().isEmpty());
    broker.start();
    county.stop();
    station.grow(3_000);
    county.start(Outpost.broker(broker.port()));
    awaitComplete(station);
  }
}
