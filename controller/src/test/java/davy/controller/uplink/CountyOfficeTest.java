package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.county.CountyBook;
import davy.controller.county.Receiver;
import davy.controller.event.EventCode;
import davy.hal.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stations, a real broker, and the county's receiver with a real data base. */
final class CountyOfficeTest {

  @TempDir Path place;
  private final List<AutoCloseable> running = new ArrayList<>();

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

  private Outpost outpost(String name) throws Exception {
    Path folder = Files.createDirectories(place.resolve(name.replace('/', '-')));
    return closing(new Outpost(name, folder, Clock.SYSTEM));
  }

  @Test
  void threeStationsOfTwoMinesAreKeptOnceVerifiedAndReported() throws Exception {
    Mosquitto broker = closing(new Mosquitto(place, ""));
    CountyRig county = closing(new CountyRig());
    List<Outpost> stations =
        List.of(outpost("410403004688/A"), outpost("410403004688/B"), outpost("410403004689/A"));
    county.trust(stations.get(0));
    for (Outpost one : stations) {
      one.grow(2_000);
      one.connect(Outpost.broker(broker.port()));
    }
    county.start(Outpost.broker(broker.port()));
    for (Outpost one : stations) {
      county.awaitComplete(one, place);
    }
    Outpost first = stations.getFirst();
    first.record(
        EventCode.ALARM_CHANGED,
        Map.of("alarm", "T1-limit", "occurrence", 1, "from", "Normal", "to", "Unacknowledged"));
    county.awaitComplete(first, place);
    CountyBook.Standing standing = county.standing(first.name()).orElseThrow();
    assertEquals("T1-limit", standing.alarms().getFirst().name());
    assertTrue(standing.inOrder());
    assertFalse(standing.offline());
    assertTrue(standing.lastSeen().isPresent());
  }

  @Test
  void aCountyThatEndsAndComesBackGoesOnBehindItsLastCommitWithKeysAndHashes() throws Exception {
    Mosquitto broker = closing(new Mosquitto(place, ""));
    CountyRig county = closing(new CountyRig());
    Outpost station = outpost("410403004688/A");
    county.trust(station);
    station.grow(3_000);
    station.connect(Outpost.broker(broker.port()));
    for (int again = 0; again < 3; again++) {
      county.start(Outpost.broker(broker.port()));
      county.awaitComplete(station, place);
      county.stop();
      station.grow(700);
    }
    county.start(Outpost.broker(broker.port()));
    county.awaitComplete(station, place);
    assertTrue(county.standing(station.name()).orElseThrow().signedTo() > 4_000);
  }

  @Test
  void anEditedRecordIsKeptAndNamedAndTheRestIsKeptToo() throws Exception {
    Mosquitto broker = closing(new Mosquitto(place, ""));
    CountyRig county = closing(new CountyRig());
    Outpost station = outpost("410403004688/A");
    station.grow(300);
    Path file = station.journalFolder().resolve("0000000001.jsonl");
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    lines.set(99, lines.get(99).replace("掘进", "停工"));
    Files.write(file, lines, StandardCharsets.UTF_8);
    county.start(Outpost.broker(broker.port()));
    station.connect(Outpost.broker(broker.port()));
    long last = station.journal().durableSeq();
    await("the rest", () -> county.completeTo(station) == last);
    CountyBook.Standing standing = county.standing(station.name()).orElseThrow();
    assertEquals(1, standing.findings().size(), standing.findings().toString());
    assertEquals(100, standing.findings().getFirst().seq());
    assertEquals(Receiver.Kind.FORGED, standing.findings().getFirst().kind());
    assertFalse(standing.inOrder());
    assertEquals(lines, county.export(station.name()));
  }

  @Test
  void aSecondReceiverOfTheSameMineWaitsAndTakesOver() throws Exception {
    Mosquitto broker = closing(new Mosquitto(place, ""));
    CountyRig county = closing(new CountyRig());
    Outpost station = outpost("410403004688/A");
    station.grow(500);
    station.connect(Outpost.broker(broker.port()));
    county.start(Outpost.broker(broker.port()), "410403004688");
    county.awaitComplete(station, place);
    CountyRig standby = closing(county.another());
    standby.start(Outpost.broker(broker.port()), "410403004688");
    station.grow(500);
    county.awaitComplete(station, place);
    assertFalse(standby.running().receiving(), "two at once");
    county.stop();
    station.grow(500);
    standby.awaitComplete(station, place);
    assertTrue(standby.running().receiving());
  }
}
