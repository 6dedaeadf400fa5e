package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old segments are packed, then leave; what is left still proves itself. */
final class KeeperTest {

  private static final int LOOKS = 120;

  @TempDir Path place;
  private final FaultyStorage disk = new FaultyStorage();
  private WallClock.Quality quality = WallClock.Quality.SYNCHRONISED;
  private long aheadMillis;
  private Bench bench;
  private Signer signer;
  private SigningKey key;

  private Keeper keeper(long mostBytes, int days) throws IOException {
    bench = new Bench(disk, 4096, 256);
    key = DeviceKey.open(place);
    signer = new Signer(bench.journal(), key, bench::now);
    grow(120);
    return new Keeper(
        bench.journal(),
        signer,
        disk,
        new Keeper.Limits(mostBytes, days),
        bench::now,
        () ->
            new WallClock.Reading(
                1_700_000_000_000L + bench.nanos / 1_000_000 + aheadMillis, bench.now(), quality));
  }

  private void grow(int records) throws IOException {
    for (int number = 1; number <= records; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
      bench.pass(1);
      signer.work(bench.now());
      bench.pass(1);
    }
  }

  private void look(Keeper keeper, int times) {
    for (int time = 0; time < times; time++) {
      keeper.work(bench.now());
      signer.work(bench.now());
      bench.pass(Keeper.LOOK_MILLIS);
    }
  }

  private List<String> segments() throws IOException {
    return Segment.all(disk);
  }

  private Chain.Verdict verify() throws IOException {
    return Chain.verify(disk, Set.of(key.fingerprint()), Map.of());
  }

  @Test
  void whatIsTooMuchLeavesOldestFirstAndOnlyWhenTheRecordOfItIsSigned() throws IOException {
    Keeper keeper = keeper(20_000, 9_999);
    int before = segments().size();
    String oldest = segments().getFirst();
    keeper.work(bench.now());
    for (int wait = 0; wait < 5; wait++) {
      bench.pass(Keeper.LOOK_MILLIS);
      keeper.work(bench.now());
      assertTrue(segments().contains(oldest), "it waits for the signature");
    }
    look(keeper, LOOKS);
    assertTrue(segments().size() < before);
    long size = 0;
    for (String name : segments()) {
      size += disk.bytesOnDisk(name);
    }
    assertTrue(size <= 20_000, "bytes left: " + size);
    assertTrue(verify() instanceof Chain.Verdict.Consistent, verify().toString());
    assertTrue(Bench.records(disk).getFirst().seq() > 1);
    assertTrue(bench.journal().status().ok());
  }

  @Test
  void aJournalBeheadedByHandIsFoundWhetherOrNotSegmentsLeftBefore() throws IOException {
    keeper(1 << 30, 9_999);
    FaultyStorage whole = disk.copy();
    whole.files.remove(Segment.all(whole).getFirst());
    assertTrue(Bench.damage(whole).what().startsWith("the records before it are missing"));

    look(keeperAgain(20_000), LOOKS);
    assertTrue(verify() instanceof Chain.Verdict.Consistent, verify().toString());
    disk.files.remove(segments().getFirst());
    Chain.Damage damage = Bench.damage(disk);
    assertTrue(damage.what().startsWith("the records before it are missing"), damage.what());
    assertEquals(segments().getFirst(), damage.file());
  }

  private Keeper keeperAgain(long mostBytes) throws IOException {
    return new Keeper(
        bench.journal(),
        signer,
        disk,
        new Keeper.Limits(mostBytes, 9_999),
        bench::now,
        () -> new WallClock.Reading(0, bench.now(), quality));
  }

  @Test
  void aNearlyFullDiskMakesRoomAndTheLastSegmentsAlwaysStay() throws IOException {
    Keeper keeper = keeper(1 << 30, 9_999);
    int before = segments().size();
    look(keeper, LOOKS);
    assertEquals(before, segments().size(), "nothing leaves without a reason");
    disk.free = Keeper.LEAST_FREE_BYTES - 1;
    look(keeper, 10 * LOOKS);
    assertTrue(segments().size() <= Keeper.LEAST_SEGMENTS + 1, segments().toString());
    assertTrue(segments().size() >= Keeper.LEAST_SEGMENTS, segments().toString());
    assertTrue(verify() instanceof Chain.Verdict.Consistent, verify().toString());
  }

  @Test
  void aWallClockThatIsWrongEmptiesNothing() throws IOException {
    Keeper keeper = keeper(1 << 30, 30);
    List<String> before = segments();
    aheadMillis = 3_650L * 86_400_000;
    quality = WallClock.Quality.UNSYNCHRONISED;
    look(keeper, LOOKS);
    assertEquals(before.get(0), segments().getFirst());
    quality = WallClock.Quality.SYNCHRONISED;
    look(keeper, LOOKS);
    assertEquals(before.get(1), segments().getFirst(), "one an hour at most");
    bench.nanos += 3_600_000_000_000L;
    look(keeper, LOOKS);
    assertEquals(before.get(2), segments().getFirst());
  }

  @Test
  void aReadOnlyDiskIsToldOnceAndTriedAgain() throws IOException {
    Keeper keeper = keeper(20_000, 9_999);
    int before = segments().size();
    disk.readOnly = true;
    look(keeper, LOOKS);
    assertEquals(before, segments().size());
    disk.readOnly = false;
    look(keeper, 2 * LOOKS);
    assertTrue(segments().size() < before);
  }

  private List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      reader.seek(0);
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        lines.add(((JournalReader.Item.Good) item.get()).record().json());
      }
    }
    return lines;
  }

  @Test
  void packedSegmentsReadVerifyAndContinueAsBefore() throws IOException {
    Path folder = place.resolve("journal");
    Journal journal = Journal.open(folder, 1 << 16, Clock.SYSTEM);
    Signer own = Signer.open(place.resolve("interlock"), journal, Clock.SYSTEM);
    for (int number = 1; number <= 3_000; number++) {
      Map<String, Object> fields = Map.of("points", Map.of("T1", number % 40, "T2", "STALE"));
      journal.offer(new Entry(EventCode.SAMPLE, Clock.SYSTEM.now(), fields));
      if (number % 100 == 0) {
        journal.flush();
        own.work(Clock.SYSTEM.now());
      }
    }
    journal.flush();
    List<String> before = lines(folder);
    long bytes = size(folder);
    Keeper keeper =
        Keeper.open(folder, journal, own, new Keeper.Limits(1 << 30, 9_999), Clock.SYSTEM);
    for (int turn = 0; turn < 100; turn++) {
      keeper.work(Clock.SYSTEM.now());
    }
    keeper.close();
    long packed = names(folder).stream().filter(name -> name.endsWith(".jsonl.gz")).count();
    assertTrue(packed > 5, names(folder).toString());
    assertEquals(1, names(folder).stream().filter(name -> name.endsWith(".jsonl")).count());
    assertEquals(before, lines(folder));
    System.out.println("packed: " + bytes + " bytes became " + size(folder));
    assertTrue(size(folder) < bytes / 2);
    own.close();
    journal.close();
    Journal again = Journal.open(folder, 1 << 16, Clock.SYSTEM);
    again.close();
    assertTrue(
        Chain.verify(folder, Set.of(own.fingerprint()), Map.of())
            instanceof Chain.Verdict.Consistent);
    assertTrue(again.continued());
  }

  @Test
  void aPowerCutWhilePackingLeavesTheRecordsOnce() throws IOException {
    Path folder = place.resolve("journal");
    Journal journal = Journal.open(folder, 1 << 16, Clock.SYSTEM);
    journal.offer(new Entry(EventCode.SITE, Clock.SYSTEM.now(), Map.of("text", "掘进".repeat(99))));
    journal.close();
    List<String> before = lines(folder);
    Path plain = folder.resolve(Segment.name(1));
    Path copy = Files.copy(plain, place.resolve("copy"));
    Files.writeString(folder.resolve(Segment.name(1) + ".gz.tmp"), "half of it");
    PackedFile.pack(plain, FolderStorage.mode());
    assertFalse(Files.exists(plain));
    assertEquals(before, lines(folder));
    Files.copy(copy, plain);
    assertEquals(before, lines(folder), "both are there, and count once");
    PackedFile.pack(plain, FolderStorage.mode());
    assertEquals(List.of(), names(folder).stream().filter(name -> name.endsWith("tmp")).toList());
    assertEquals(before, lines(folder));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static long size(Path folder) throws IOException {
    long size = 0;
    for (String name : names(folder)) {
      size += name.equals(Reserve.FILE) ? 0 : Files.size(folder.resolve(name));
    }
    return size;
  }
}
