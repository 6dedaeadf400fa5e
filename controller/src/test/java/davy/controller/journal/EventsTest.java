package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.hal.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events outlive the samples around them, and still prove themselves. */
final class EventsTest {

  private static final long MOST_BYTES = 20_000;

  @TempDir Path place;
  private final FaultyStorage disk = new FaultyStorage();
  private Bench bench;
  private Signer signer;
  private SigningKey key;
  private Keeper keeper;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(disk, 4096, 256);
    key = DeviceKey.open(place);
    signer = new Signer(bench.journal(), key, bench::now);
    keeper = keeper();
  }

  private Keeper keeper() throws IOException {
    return new Keeper(
        bench.journal(),
        signer,
        disk,
        new Keeper.Limits(MOST_BYTES, 9_999),
        bench::now,
        () -> new WallClock.Reading(0, bench.now(), WallClock.Quality.UNSYNCHRONISED));
  }

  /** One trip among samples, again and again. */
  private void live(int trips) {
    for (int number = 1; number <= trips; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
      for (int sample = 0; sample < 12; sample++) {
        bench.offer(EventCode.SAMPLE, sample);
        bench.pass(1);
      }
      signer.work(bench.now());
      bench.pass(1);
      look(3);
    }
    look(40);
  }

  private void look(int times) {
    for (int time = 0; time < times; time++) {
      keeper.work(bench.now());
      signer.work(bench.now());
      bench.pass(Keeper.LOOK_MILLIS);
    }
  }

  private List<Long> trips() throws IOException {
    List<Long> trips = new ArrayList<>();
    JournalReader events = JournalReader.ofEvents(disk);
    events.seek(0);
    for (var item = events.next(); item.isPresent(); item = events.next()) {
      if (item.get() instanceof JournalReader.Item.Good(JournalRecord record)
          && record.code().equals(EventCode.ZONE_WITHHELD.id())) {
        trips.add(record.number("number").orElseThrow());
      }
    }
    return trips;
  }

  private Chain.Verdict verify() throws IOException {
    return Chain.verify(disk, Set.of(key.fingerprint()), Map.of());
  }

  private String damage() throws IOException {
    return verify() instanceof Chain.Verdict.Damaged damaged ? damaged.damage().what() : "";
  }

  private String oldest() {
    return disk.files.keySet().stream().filter(name -> name.endsWith("events")).findFirst().get();
  }

  private void edit(String from, String to) {
    String text = new String(disk.files.get(oldest()), StandardCharsets.UTF_8);
    String changed = text.replaceFirst(from, Matcher.quoteReplacement(to));
    assertNotEquals(text, changed);
    disk.put(oldest(), changed.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatHappenedStaysWhereTheSamplesAroundItHaveLeft() throws IOException {
    live(40);
    long first = Bench.records(disk).getFirst().seq();
    assertTrue(first > 100, "the first record left is " + first);
    List<Long> trips = trips();
    assertEquals(1, trips.getFirst());
    for (int at = 0; at < trips.size(); at++) {
      assertEquals(at + 1, trips.get(at), "each once, in order");
    }
    assertTrue(trips.size() > 30, trips.toString());
    assertEquals("", damage());
  }

  @Test
  void anEventThatWasChangedTakenOutOrPutInIsFound() throws IOException {
    live(30);
    byte[] whole = disk.files.get(oldest()).clone();
    edit("zone.withheld", "zone.withhelt");
    assertTrue(damage().startsWith("changed or broken"), damage());

    disk.put(oldest(), whole);
    edit("\\{[^\\n]*zone.withheld[^\\n]*\\n", "");
    assertTrue(damage().contains("missing or not those that were there"), damage());

    disk.put(oldest(), whole);
    JournalRecord trip =
        new String(whole, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("zone.withheld"))
            .flatMap(line -> JournalRecord.read(line).stream())
            .findFirst()
            .orElseThrow();
    Map<String, Object> forged = new LinkedHashMap<>();
    forged.put("seq", trip.seq());
    forged.put("synced", trip.synced());
    forged.put("tick", trip.tick());
    forged.put("time", trip.time());
    forged.put("clock", trip.clock());
    forged.put("code", "zone.granted");
    forged.put("prev", trip.prev());
    String line = new String(Seal.seal(forged).line(), StandardCharsets.UTF_8);
    edit("\\{[^\\n]*zone.withheld[^\\n]*\\n", line);
    assertTrue(damage().contains("missing or not those that were there"), damage());

    disk.files.remove(oldest());
    assertFalse(damage().isEmpty(), "the whole file taken away");
  }

  @Test
  void aPowerCutBetweenKeepingAndPackingKeepsEachOnce() throws IOException {
    live(30);
    String segment = Segment.all(disk).getFirst();
    Events again = new Events(disk);
    List<Long> before = trips();
    again.take(Segment.all(disk).get(Segment.all(disk).size() - 2));
    assertEquals(before, trips());
    assertTrue(new Events(disk).has(segment));
  }

  /** 30 days of 16 points in windows of 5 minutes; the time is told, not judged. */
  @Test
  void aMonthOfOnePointIsReadFromTheEventsAlone() throws IOException {
    Path folder = place.resolve("journal");
    Journal journal = Journal.open(folder, 4 << 20, Clock.SYSTEM);
    Signer own = Signer.open(place.resolve("interlock"), journal, Clock.SYSTEM);
    int windows = 30 * 24 * 12;
    for (int window = 0; window < windows; window++) {
      Map<String, Object> points = new LinkedHashMap<>();
      for (int point = 1; point <= 16; point++) {
        points.put("P" + point, statistics(window % 90));
      }
      journal.offer(new Entry(EventCode.STATISTICS, Clock.SYSTEM.now(), Map.of("points", points)));
      if (window % 500 == 0) {
        journal.flush();
      }
    }
    journal.flush();
    Keeper.Limits all = new Keeper.Limits(1L << 40, 9_999);
    try (Keeper keeping = Keeper.open(folder, journal, own, all, Clock.SYSTEM)) {
      for (int turn = 0; turn < 60; turn++) {
        keeping.work(Clock.SYSTEM.now());
      }
    }
    List<History.Window> read = new ArrayList<>();
    long began = System.nanoTime();
    long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    History.of(folder, "P7", "", read::add);
    System.out.printf(
        "EventsTest: 30 days of one point of 16 read in %d ms, %d ms of a core%n",
        (System.nanoTime() - began) / 1_000_000,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) / 1_000_000);
    assertEquals(windows, read.size());
    assertEquals(List.of(30L, 0L), List.of(read.get(30).mean().get(), read.get(90).mean().get()));
    own.close();
    journal.close();
  }

  private static Map<String, Object> statistics(int mean) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spanMillis", 300_000);
    fields.put("samples", 2_900);
    fields.put("notGoodMillis", 0);
    fields.put("max", mean + 3);
    fields.put("maxAtMillis", 12_345);
    fields.put("min", mean - 3);
    fields.put("minAtMillis", 54_321);
    fields.put("mean", mean);
    return fields;
  }

  /** Trips in segments that close while nobody keeps their events apart, on a disk then full. */
  private void fill() throws IOException {
    live(40);
    for (int number = 41; number <= 60; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
      grow();
      signer.work(bench.now());
    }
    disk.room = 0;
  }

  /** All trips that are still to be read, in a segment or apart from it. */
  private Set<Long> readable() throws IOException {
    Set<Long> all = new TreeSet<>(trips());
    all.addAll(Bench.numbers(disk, EventCode.ZONE_WITHHELD));
    return all;
  }

  @Test
  void onAFullDiskTheReserveLetsSegmentsLeaveAndTheirEventsStay() throws IOException {
    fill();
    String oldest = Segment.all(disk).getFirst();
    assertEquals(60, readable().size());
    look(200);
    assertFalse(Segment.all(disk).contains(oldest), "it has not left");
    assertTrue(trips().size() > 55, "kept apart: " + trips());
    assertEquals(60, readable().size(), "events that were on disk are there");
    assertFalse(disk.files.containsKey(Reserve.FILE), "the reserve was used");
    assertEquals("", damage());
    disk.room = FaultyStorage.EMPTY_DISK;
    look(50);
    assertTrue(disk.files.containsKey(Reserve.FILE), "and is set aside again");
  }

  @Test
  void theReserveIsNotMadeWhereFilesWouldHaveToLeaveForIt() throws IOException {
    live(5);
    disk.files.remove(Reserve.FILE);
    keeper = keeper();
    disk.room = Keeper.LEAST_FREE_BYTES + Reserve.BYTES - 1;
    look(50);
    assertFalse(disk.files.containsKey(Reserve.FILE), "the disk is too full for it");
    disk.room = Keeper.LEAST_FREE_BYTES + Reserve.BYTES;
    look(50);
    assertTrue(disk.files.containsKey(Reserve.FILE), "there is room for it");
    assertTrue(disk.freeBytes() >= Keeper.LEAST_FREE_BYTES, "and no file has to leave for it");
  }

  @Test
  void aSegmentWhoseEventsHaveNoRoomStaysUntilThereIsSome() throws IOException {
    fill();
    disk.files.remove(Reserve.FILE);
    keeper = keeper();
    disk.room = 2_000; // for records that something leaves, not for a copy of events
    look(200);
    assertEquals(60, readable().size(), "events that were on disk are there");
    disk.room = FaultyStorage.EMPTY_DISK;
    look(200);
    assertEquals(60, readable().size(), "events that were on disk are there");
    assertTrue(Segment.all(disk).size() < 10, Segment.all(disk).toString());
    assertEquals("", damage());
  }

  /** Closes a segment that the keeper has not seen. */
  private void grow() {
    for (int sample = 0; sample < 40; sample++) {
      bench.offer(EventCode.SAMPLE, sample);
      bench.pass(1);
    }
  }
}
