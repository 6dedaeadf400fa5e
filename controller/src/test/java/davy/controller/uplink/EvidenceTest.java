package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.Signer;
import davy.controller.link.LinkClient.Frame;
import davy.controller.link.TestSite;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real journal on its way through a real broker to a receiver that trusts neither. */
final class EvidenceTest {

  @TempDir Path place;
  private Journal journal;
  private Signer signer;
  private Optional<Uplink> uplink = Optional.empty();

  @BeforeEach
  void begin() throws IOException {
    journal = Journal.open(place.resolve("journal"), 1 << 20, Clock.SYSTEM);
    signer = Signer.open(place.resolve("interlock"), journal, Clock.SYSTEM);
  }

  @AfterEach
  void end() {
    uplink.ifPresent(Uplink::close);
    journal.close();
    ClientThreads.awaitNone();
  }

  /** More records, all on disk, and signed. */
  private void grow(int records) {
    for (int number = 1; number <= records; number++) {
      Map<String, Object> fields = Map.of("number", number, "n", "掘进");
      long ticket = journal.offer(new Entry(EventCode.REQUEST, Clock.SYSTEM.now(), fields));
      if (number % 500 == 0 || number == records) {
        while (journal.durableTicket() < ticket) {
          journal.work(Clock.SYSTEM.now());
        }
        signer.work(Clock.SYSTEM.now());
      }
    }
  }

  private final class Interlock implements StatusFeed.Interlock {
    @Override
    public Optional<Frame> latest() {
      Journal.Status status = journal.status();
      String frame =
          """
          {"type":"status","changes":1,"journal":
          {"epoch":"%s","durableSeq":%d,"head":"%s","key":"%s"}}"""
              .formatted(status.epoch(), status.durableSeq(), status.head(), signer.fingerprint());
      return Optional.of(new Frame(frame, Clock.SYSTEM.now()));
    }

    @Override
    public String trouble() {
      return "";
    }
  }

  private void start(int port, boolean patrolled) {
    Site.Broker broker = Identity.none("tcp://127.0.0.1:" + port);
    Path folder = place.resolve("journal");
    uplink =
        Optional.of(
            Uplink.start(
                TestSite.site(Optional.of(broker)),
                broker,
                new Interlock(),
                Optional.empty(),
                () -> JournalRecords.open(folder),
                place.resolve("cursor"),
                patrolled ? Optional.of(folder) : Optional.empty()));
  }

  private Surface surface() {
    return new Surface(Set.of(signer.fingerprint()));
  }

  private void awaitComplete(Surface county) {
    long last = journal.status().durableSeq();
    await("complete up to " + last, () -> county.report().completeTo() == last);
    assertEquals(List.of(), county.report().findings());
    assertEquals(last, county.kept.size());
    assertEquals(last, new HashSet<>(county.kept).size(), "none is kept twice");
  }

  private Cursor cursor() {
    return Cursor.read(place.resolve("cursor"));
  }

  @Test
  void everyRecordArrivesOnceIsVerifiedAndTheCursorFollowsTheCounty() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        Surface county = surface()) {
      county.connect(broker.port(), false);
      grow(20_000);
      long begin = System.nanoTime();
      start(broker.port(), false);
      awaitComplete(county);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      System.out.println("20,000 records sent and verified in " + millis + " ms, connecting too");
      grow(10);
      awaitComplete(county);
      long last = journal.status().durableSeq();
      await("the cursor is saved", () -> cursor().seq() == last);
      assertEquals(journal.status().head(), cursor().hash());
      assertTrue(county.report().signedTo() > 19_000);
    }
  }

  @Test
  void aPubackMovesNoCursorAndAnAbsentCountyCostsAFewRecords() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "")) {
      grow(5_000);
      start(broker.port(), false);
      await("connected", () -> uplink.get().trouble().isEmpty());
      try (County silent = new County(broker.port(), false)) {
        await(
            "what was sent",
            () -> silent.topic("evidence").get("sent") instanceof Long sent && sent > 0);
        assertEquals((long) Evidence.PROBE, silent.topic("evidence").get("sent"));
        assertEquals(0L, silent.topic("evidence").get("acked"));
      }
      uplink.get().close();
      assertEquals(0, cursor().seq());
    }
  }

  @Test
  void afterAnOutageThePresentWithItsAlarmsComesFirstThenThePastOldestFirst() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        County county = new County(broker.port())) {
      grow(3_000);
      start(broker.port(), false);
      long last = journal.status().durableSeq();
      await("all of it", () -> county.records().contains(last));
      int present = county.topics().indexOf("status");
      int past = county.topics().indexOf("journal");
      assertTrue(present >= 0 && present < past, county.topics()::toString);
      List<Long> firsts = county.records().stream().distinct().toList();
      assertEquals(firsts.stream().sorted().toList(), firsts, "oldest first");
      assertEquals(last, firsts.size());
    }
  }

  @Test
  void aReceiverThatWasAwayWhileItsBrokerDroppedMessagesStillEndsComplete() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "max_queued_messages 5");
        Surface county = surface()) {
      county.connect(broker.port(), true);
      grow(2_000);
      start(broker.port(), false);
      awaitComplete(county);
      county.vanish();
      grow(6_000);
      await(
          "the broker has dropped messages",
          () -> {
            try {
              return Files.readString(place.resolve("mosquitto.log")).contains("dropped");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      county.connect(broker.port(), true);
      awaitComplete(county);
    }
  }

  @Test
  void aBrokerKilledInTheMiddleAndBackWithoutItsSessionsLosesNothing() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        Surface county = surface()) {
      county.connect(broker.port(), true);
      grow(30_000);
      start(broker.port(), false);
      await("some are there", () -> county.report().completeTo() > 500);
      broker.kill();
      county.vanish();
      await("the loss is noticed", () -> !uplink.get().trouble().isEmpty());
      grow(1_000);
      broker.start();
      county.connect(broker.port(), true);
      awaitComplete(county);
    }
  }

  @Test
  void aCountyThatLostItsDataGetsEverythingOnceMore() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "")) {
      grow(3_000);
      start(broker.port(), false);
      try (Surface county = surface()) {
        county.connect(broker.port(), false);
        awaitComplete(county);
      }
      grow(100);
      try (Surface fresh = surface()) {
        fresh.connect(broker.port(), false);
        awaitComplete(fresh);
      }
    }
  }

  @Test
  void aJournalThatWasWipedIsSentFromItsBegin() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        Surface county = surface()) {
      county.connect(broker.port(), false);
      grow(300);
      start(broker.port(), false);
      awaitComplete(county);
      journal.close();
      try (Stream<Path> files = Files.list(place.resolve("journal"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      begin();
      grow(50);
      long last = journal.status().durableSeq();
      String epoch = journal.status().epoch();
      await("the new one", () -> county.report().epoch().equals(epoch));
      await("all of it", () -> county.report().completeTo() == last);
      assertTrue(county.report().findings().getFirst().what().startsWith("another journal begins"));
    }
  }

  @Test
  void anEditedJournalIsNamedByTheStationAndWhatItSendsThenByTheCounty() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        Surface county = surface()) {
      grow(100);
      Path file = place.resolve("journal").resolve("0000000001.jsonl");
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      lines.set(49, lines.get(49).replace("掘进", "停工"));
      Files.write(file, lines, StandardCharsets.UTF_8);
      county.connect(broker.port(), false);
      start(broker.port(), true);
      await("the station says so", () -> county.stationSays().contains("record 50: changed"));
      await("the county too", () -> !county.report().findings().isEmpty());
      assertEquals(50, county.report().findings().getFirst().seq());
      long last = journal.status().durableSeq();
      await("and goes on", () -> county.report().completeTo() == last);
    }
  }
}
