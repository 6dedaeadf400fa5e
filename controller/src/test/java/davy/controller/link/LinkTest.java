package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Person;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ends over real sockets, with the real interlock behind them. */
class LinkTest {

  private static final String PIN = "246810";
  private static final Pin.Hash HASH = Pin.of(PIN.toCharArray());

  @TempDir Path folder;
  private final Site site = TestSite.site(Optional.empty());
  private final ConcurrentLinkedQueue<Entry> journal = new ConcurrentLinkedQueue<>();
  private final AtomicLong skipNanos = new AtomicLong();
  private LinkServer link;
  private TestScan scan;

  @BeforeEach
  void startInterlock() throws Exception {
    start(new Persons(List.of(person("li", Person.Role.ELECTRICIAN)), ""));
  }

  private void start(Persons persons) throws Exception {
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", "k", 0, 0);
    Clock clock = () -> new Tick(System.nanoTime() + skipNanos.get());
    link =
        LinkServer.start(
            site,
            folder,
            new LinkServer.Sources(
                persons,
                () -> status,
                this::record,
                new ConfigurationStatus("", List.of()),
                folder.resolve("county-trips")),
            clock);
    scan = new TestScan(site, link);
    await("the zones are granted", () -> scan.permit(0) == Permit.GRANTED);
  }

  private long record(Entry entry) {
    journal.add(entry);
    return journal.size();
  }

  private static Person person(String name, Person.Role role) {
    return new Person(name, "李", List.of(role), HASH.salt(), HASH.iterations(), HASH.hash());
  }

  @AfterEach
  void stopInterlock() throws Exception {
    scan.close();
    link.close();
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited 10 s in vain until " + what);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private Map<String, Object> ask(String line) throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.PANEL))) {
      socket.write(line);
      return JsonLine.read(socket.read(10_000).orElseThrow());
    }
  }

  private Map<String, Object> frame() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      return JsonLine.read(socket.read(5_000).orElseThrow());
    }
  }

  private String nonce() throws Exception {
    return (String) frame().get("nonce");
  }

  private static String reset(String person, String pin, String nonce) {
    return JsonLine.write(
        Map.of("request", "reset", "zone", "Z1", "person", person, "pin", pin, "nonce", nonce));
  }

  private Object answer(String line) throws Exception {
    return ask(line).get("answer");
  }

  private void trip() throws Exception {
    assertEquals("TRIPPED", answer("{\"request\":\"trip\",\"zone\":\"Z1\",\"person\":\"wang\"}"));
  }

  @Test
  void aFrameSaysWhatTheScanSaw() throws Exception {
    Map<String, Object> frame = frame();
    assertEquals("status", frame.get("type"));
    assertEquals("RELEASED", frame.get("key"));
    Map<?, ?> point = (Map<?, ?>) ((List<?>) frame.get("points")).getFirst();
    assertEquals("good", point.get("state"));
    assertEquals("0.40", point.get("value"));
    assertEquals("1.50", point.get("tripAt"));
    assertEquals(List.of("Z1", "Z2"), point.get("zones"));
    Map<?, ?> silent = (Map<?, ?>) ((List<?>) frame.get("points")).getLast();
    assertEquals("never", silent.get("state"));
    assertFalse(silent.containsKey("value"));
    Map<?, ?> zone = (Map<?, ?>) ((List<?>) frame.get("zones")).getFirst();
    assertEquals("GRANTED", zone.get("permit"));
    assertEquals("Open", zone.get("lock"));
    Map<?, ?> site = (Map<?, ?>) frame.get("site");
    assertEquals(true, site.get("bench"));
    assertEquals(true, site.get("demo"));
  }

  @Test
  void valuesGetOldByThemselvesWhenTheScanStandsStill() throws Exception {
    scan.close();
    skipNanos.set(5_000_000_000L);
    Map<String, Object> frame = frame();
    Map<?, ?> point = (Map<?, ?>) ((List<?>) frame.get("points")).getFirst();
    assertEquals("stale", point.get("state"));
    assertEquals(false, point.get("trusted"));
    assertTrue((Long) point.get("ageMillis") >= 5_000);
    assertTrue((Long) ((Map<?, ?>) frame.get("scan")).get("ageMillis") >= 5_000);
  }

  @Test
  void aChangedPermitIsToldAtOnce() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      socket.read(5_000).orElseThrow();
      socket.read(5_000).orElseThrow();
      long before = System.nanoTime();
      scan.methane(150);
      String line = socket.read(5_000).orElseThrow();
      assertTrue(line.contains("\"permit\":\"WITHHELD\""), line);
      assertTrue(System.nanoTime() - before < 400_000_000L);
    }
  }

  @Test
  void aTripNeedsNoPinAndIsRecorded() throws Exception {
    trip();
    assertEquals(Permit.WITHHELD, scan.permit(0));
    assertEquals(Permit.GRANTED, scan.permit(1));
    Entry entry = journal.poll();
    assertEquals("trip", entry.fields().get("request"));
    assertEquals("wang", entry.fields().get("person"));
    assertEquals("TRIPPED", entry.fields().get("answer"));
  }

  @Test
  void aResetWithPinAndNonceStillWaitsForTheKey() throws Exception {
    trip();
    assertEquals("WAITING_FOR_KEY", answer(reset("li", PIN, nonce())));
    assertEquals(Permit.WITHHELD, scan.permit(0));
    assertTrue(journal.toString().contains("electrician"));
    assertFalse(journal.toString().contains(PIN), "a PIN must never be recorded");
  }

  @Test
  void aWrongAUsedAndAnOldNonceAreRefused() throws Exception {
    trip();
    assertEquals("STALE_NONCE", answer(reset("li", PIN, "0123456789abcdef")));
    String nonce = nonce();
    assertEquals("WRONG_PERSON_OR_PIN", answer(reset("li", "000000", nonce)));
    assertEquals("STALE_NONCE", answer(reset("li", PIN, nonce)));
    String old = nonce();
    skipNanos.addAndGet(5_000_000_000L + 1);
    assertEquals("STALE_NONCE", answer(reset("li", PIN, old)));
    assertEquals(Permit.WITHHELD, scan.permit(0));
  }

  @Test
  void fiveWrongPinsLockThePersonOutForFiveMinutes() throws Exception {
    trip();
    for (int i = 1; i < PinCheck.WRONG_PINS; i++) {
      assertEquals("WRONG_PERSON_OR_PIN", answer(reset("li", "00000" + i, nonce())));
    }
    assertEquals("LOCKED_OUT", answer(reset("li", "000000", nonce())));
    assertEquals("LOCKED_OUT", answer(reset("li", PIN, nonce())));
    assertEquals(Permit.WITHHELD, scan.permit(0));
    skipNanos.addAndGet(PinCheck.LOCK_OUT_NANOS);
    assertEquals("WAITING_FOR_KEY", answer(reset("li", PIN, nonce())));
  }

  @Test
  void whoIsUnknownOrHasNoRoleForItIsRefused() throws Exception {
    stopInterlock();
    start(new Persons(List.of(person("chen", Person.Role.DISPATCHER)), ""));
    trip();
    assertEquals("NOT_ALLOWED", answer(reset("chen", PIN, nonce())));
    assertEquals(Permit.WITHHELD, scan.permit(0));
    assertEquals("WRONG_PERSON_OR_PIN", answer(reset("nobody", PIN, nonce())));
  }

  @Test
  void withoutAPersonsFileAResetIsRefusedWithTheReasonAndATripWorks() throws Exception {
    stopInterlock();
    start(Persons.read(folder.resolve("persons.toml")));
    trip();
    Map<String, Object> answer = ask(reset("li", PIN, nonce()));
    assertEquals("NO_PERSONS", answer.get("answer"));
    assertTrue(answer.get("text").toString().contains("persons.toml is missing"));
  }

  @Test
  void theSurfaceSocketTakesNothingButATripAndRefusesItWithoutAKey() throws Exception {
    for (List<String> pair :
        List.of(
            List.of(
                "{\"request\":\"trip\",\"command\":\"a\",\"signature\":\"b\"}", "NO_COUNTY_KEY"),
            List.of(reset("li", PIN, nonce()), "MALFORMED"))) {
      try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.UPLINK))) {
        socket.write(pair.getFirst());
        String answer = socket.read(5_000).orElseThrow();
        assertTrue(answer.contains(pair.getLast()), answer);
      }
    }
    assertEquals(Permit.GRANTED, scan.permit(0));
  }

  @Test
  void whatIsNoRequestIsAnsweredClearly() throws Exception {
    for (String line :
        List.of("", "[]", "{", "{\"request\":1}", "{\"request\":\"open\"}", "{\"zone\":\"Z1\"}")) {
      assertEquals("MALFORMED", answer(line), line);
    }
    assertEquals("UNKNOWN_ZONE", answer("{\"request\":\"trip\",\"zone\":\"Z9\"}"));
    String deep = "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000);
    assertEquals("MALFORMED", answer(deep));
    String control = "{\"request\":\"trip\",\"zone\":\"Z1\",\"person\":\"a\\u0000b\"}";
    assertEquals("MALFORMED", answer(control));
    assertEquals(Permit.GRANTED, scan.permit(0));
  }

  @Test
  void aRequestThatIsTooLongIsAnsweredAndTheConnectionEnds() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.PANEL))) {
      socket.write("x".repeat(10_000));
      assertTrue(socket.read(5_000).orElseThrow().contains("TOO_LONG"));
      assertThrows(IOException.class, () -> socket.read(5_000));
    }
  }

  @Test
  void aSlowReaderMissesFramesAndBlocksNobody() throws Exception {
    try (LineSocket slow = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      slow.read(5_000).orElseThrow();
      fillUntilFramesAreMissed(slow);
    }
  }

  /** Changes the zones quickly without reading, until the reader's next frames tell of the loss. */
  private void fillUntilFramesAreMissed(LineSocket slow) throws Exception {
    long end = System.nanoTime() + 8_000_000_000L;
    AtomicLong turns = new AtomicLong();
    await(
        "many frames were made",
        () -> {
          scan.methane(turns.incrementAndGet() % 20 < 10 ? 150 : 40);
          return System.nanoTime() > end;
        });
    long worst = scan.worstNanos();
    assertTrue(worst < 50_000_000L, "the scan waited " + worst + " ns for the link");
    long dropped = 0;
    for (Optional<String> line = slow.read(1_000);
        line.isPresent() && dropped == 0;
        line = slow.read(1_000)) {
      dropped = (Long) JsonLine.read(line.get()).get("dropped");
    }
    assertTrue(dropped > 0, "a reader that read nothing must have missed frames");
  }

  @Test
  void aFloodOnEveryConnectionDoesNotKeepATripOut() throws Exception {
    List<LineSocket> flood = new ArrayList<>();
    try {
      for (int i = 0; i < RequestServer.CONNECTIONS; i++) {
        LineSocket socket = LineSocket.open(folder.resolve(LinkServer.PANEL));
        socket.write((reset("li", "1", "0") + "\n").repeat(200));
        flood.add(socket);
      }
      long before = System.nanoTime();
      trip();
      long millis = (System.nanoTime() - before) / 1_000_000;
      assertTrue(millis < 2_000, "the trip took " + millis + " ms");
      assertEquals(Permit.WITHHELD, scan.permit(0));
    } finally {
      for (LineSocket socket : flood) {
        socket.close();
      }
    }
    assertTrue(journal.size() <= 20, "a flood must not fill the journal: " + journal.size());
  }

  @Test
  void aConnectionIsReadNoFasterThanTenRequestsASecond() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.PANEL))) {
      long before = System.nanoTime();
      socket.write("{\"request\":\"alive\"}\n".repeat(30).strip());
      for (int i = 0; i < 30; i++) {
        socket.read(5_000).orElseThrow();
      }
      assertTrue(System.nanoTime() - before >= 1_900_000_000L);
    }
  }

  @Test
  void theStationIsAliveOnlyWhileItSaysSo() throws Exception {
    Clock clock = () -> new Tick(System.nanoTime() + skipNanos.get());
    assertFalse(link.stationAlive(clock.now()));
    try (LinkClient client =
        LinkClient.start(folder, LinkClient.Kind.STATION, _ -> {}, Clock.SYSTEM)) {
      await("the station is heard", () -> link.stationAlive(clock.now()));
      await("a frame is there", () -> client.latest().isPresent());
    }
    skipNanos.addAndGet(PanelDesk.ALIVE_NANOS + 1_000_000_000L);
    assertFalse(link.stationAlive(clock.now()));
  }

  @Test
  void aClientComesBackWhenTheInterlockDoes() throws Exception {
    try (LinkClient client =
        LinkClient.start(folder, LinkClient.Kind.WATCHER, _ -> {}, Clock.SYSTEM)) {
      await("a frame is there", () -> client.latest().isPresent());
      stopInterlock();
      await("the loss is noticed", () -> client.latest().isEmpty());
      assertTrue(client.trip("Z1", "wang").contains("NO_CONNECTION"));
      start(new Persons(List.of(), "none"));
      await("a frame is there again", () -> client.latest().isPresent());
      assertTrue(client.trip("Z1", "wang").contains("TRIPPED"));
    }
  }

  @Test
  void theSocketsAreForOwnerAndGroupAndASecondInterlockIsRefused() throws Exception {
    for (String name : List.of(LinkServer.STATUS, LinkServer.PANEL, LinkServer.UPLINK)) {
      assertEquals(
          "rw-rw----",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
    }
    Path path = folder.resolve(LinkServer.STATUS);
    IOException taken = assertThrows(IOException.class, () -> SocketFile.listen(path));
    assertTrue(taken.getMessage().contains("another process listens here"), taken.getMessage());
  }

  @Test
  void aSocketFileThatNobodyListensOnIsReplaced() throws Exception {
    Path path = folder.resolve("old.sock");
    SocketFile.listen(path).close();
    assertTrue(Files.exists(path));
    try (ServerSocketChannel again = SocketFile.listen(path)) {
      assertTrue(again.isOpen());
    }
  }

  @Test
  void aPathOverTheSystemsLimitIsToldWithItsLength() {
    Path path = folder.resolve("x".repeat(SocketFile.PATH_BYTES));
    IOException refused = assertThrows(IOException.class, () -> SocketFile.listen(path));
    assertTrue(refused.getMessage().contains("limit is 107"), refused.getMessage());
  }
}
