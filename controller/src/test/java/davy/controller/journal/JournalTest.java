package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class JournalTest {

  private final FaultyStorage storage = new FaultyStorage();

  @Test
  void anEmptyFolderBeginsWithItsEpoch() throws IOException {
    Bench bench = Bench.open(storage);
    JournalRecord first = Bench.records(storage).getFirst();
    assertEquals("journal.opened", first.code());
    assertEquals("first", first.text("begins").orElseThrow());
    assertEquals(bench.journal().status().epoch(), first.text("epoch").orElseThrow());
    assertEquals(32, bench.journal().status().epoch().length());
    assertEquals(first.hash(), bench.journal().status().head());
    assertFalse(bench.journal().continued());
  }

  @Test
  void aTripIsOnDiskAfterOneTurnAndItsTicketSaysSo() throws IOException {
    Bench bench = Bench.open(storage);
    long ticket = bench.offer(EventCode.ZONE_WITHHELD, 7);
    assertEquals(1, ticket);
    assertEquals(0, bench.journal().durableTicket());
    bench.pass(0);
    assertEquals(1, bench.journal().durableTicket());
    assertEquals(List.of(7L), Bench.numbers(storage.afterPowerCut(0), EventCode.ZONE_WITHHELD));
  }

  @Test
  void aRequestIsOnDiskAtOnceToo() throws IOException {
    Bench bench = Bench.open(storage);
    long ticket = bench.offer(EventCode.REQUEST, 7);
    bench.pass(0);
    assertEquals(ticket, bench.journal().durableTicket());
  }

  @Test
  void samplesGatherAndAreOnDiskWithin250Millis() throws IOException {
    Bench bench = Bench.open(storage);
    int before = storage.syncs;
    for (int number = 1; number <= 20; number++) {
      bench.offer(EventCode.SAMPLE, number);
      bench.pass(10);
    }
    bench.pass(240);
    assertEquals(20, bench.journal().durableTicket());
    assertTrue(storage.syncs - before <= 3, "one write for many samples");
  }

  @Test
  void ordinaryWorkKeepsTheOrderOfTheTickets() throws IOException {
    Bench bench = Bench.open(storage);
    for (int number = 1; number <= 50; number++) {
      bench.offer(number % 7 == 0 ? EventCode.ZONE_WITHHELD : EventCode.SAMPLE, number);
    }
    bench.pass(200);
    List<Long> numbers =
        Bench.records(storage).stream()
            .filter(record -> record.number("number").isPresent())
            .map(record -> record.number("number").orElseThrow())
            .toList();
    assertEquals(LongStream.rangeClosed(1, 50).boxed().toList(), numbers);
  }

  @Test
  void aRestartContinuesTheChainAndTheEpoch() throws IOException {
    Bench bench = Bench.open(storage);
    bench.offer(EventCode.ZONE_WITHHELD, 1);
    bench.journal().close();
    Bench again = Bench.open(storage);
    assertEquals(bench.journal().status().epoch(), again.journal().status().epoch());
    assertTrue(again.journal().continued());
    assertEquals(3, Bench.consistent(storage).records());
    assertEquals("continued", Bench.records(storage).getLast().text("begins").orElseThrow());
  }

  @Test
  void segmentsRollOverAtTheirSizeAndNameTheEpoch() throws IOException {
    FaultyStorage many = Bench.written(60, 4096);
    Chain.Totals totals = Bench.consistent(many);
    assertTrue(totals.segments() >= 4, "segments: " + totals.segments());
    for (JournalRecord record : Bench.records(many)) {
      if (record.line() == 1) {
        assertEquals(totals.epoch(), record.text("epoch").orElseThrow());
        assertEquals(Segment.name(record.seq()), record.file());
      }
    }
    assertTrue(many.files.values().stream().allMatch(bytes -> bytes.length < 4096 + 1024));
  }

  @Test
  void aFullDiskLosesNothingWhileTheQueueHasRoom() throws IOException {
    Bench bench = Bench.open(storage);
    storage.room = 100;
    for (int number = 1; number <= 30; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
      bench.pass(10);
    }
    assertFalse(bench.journal().status().ok());
    assertTrue(bench.journal().status().trouble().contains("No space left on device"));
    assertEquals(0, bench.journal().durableTicket());
    storage.room = FaultyStorage.EMPTY_DISK;
    bench.pass(Journal.RETRY_MILLIS);
    bench.pass(Journal.RETRY_MILLIS);
    assertTrue(bench.journal().status().ok());
    assertEquals(30, bench.journal().durableTicket());
    assertEquals(31, Bench.consistent(storage).records());
  }

  @Test
  void whatDoesNotFitTheQueueIsCountedAndRecorded() throws IOException {
    Bench bench = Bench.open(storage);
    storage.readOnly = true;
    int refused = 0;
    for (int number = 1; number <= 200; number++) {
      refused += bench.offer(EventCode.ZONE_WITHHELD, number) < 0 ? 1 : 0;
      bench.pass(1);
    }
    assertTrue(refused > 100);
    assertEquals(refused, bench.journal().status().lost());
    storage.readOnly = false;
    bench.pass(Journal.RETRY_MILLIS);
    bench.pass(Journal.RETRY_MILLIS);
    bench.offer(EventCode.ZONE_WITHHELD, 1000);
    bench.pass(1);
    Chain.Totals totals = Bench.consistent(storage);
    assertEquals(refused, totals.lost());
    List<JournalRecord> records = Bench.records(storage);
    assertEquals("zone.withheld", records.getLast().code());
    assertEquals("journal.lost", records.get(records.size() - 2).code());
  }

  @Test
  void afterAFailedSyncTheSameBytesAreWrittenAnew() throws IOException {
    Bench bench = Bench.open(storage);
    storage.syncFails = true;
    bench.offer(EventCode.ZONE_WITHHELD, 1);
    bench.pass(1);
    assertEquals(0, bench.journal().durableTicket());
    storage.files.replaceAll((_, bytes) -> scribbled(bytes, storage.unsynced()));
    storage.syncFails = false;
    bench.pass(Journal.RETRY_MILLIS);
    assertEquals(1, bench.journal().durableTicket());
    assertEquals(2, Bench.consistent(storage).records());
  }

  /** After a failed write-back the kernel may drop the new pages: they read as anything. */
  private static byte[] scribbled(byte[] bytes, int last) {
    byte[] other = bytes.clone();
    for (int at = bytes.length - last; at < bytes.length; at++) {
      other[at] = 0;
    }
    return other;
  }

  @Test
  void aDiskThatFailsAtARollOverLosesNothing() throws IOException {
    Bench bench = new Bench(storage, 4096, 64);
    for (int number = 1; number <= 40; number++) {
      storage.room = 10;
      bench.offer(EventCode.ZONE_WITHHELD, number);
      bench.pass(Journal.RETRY_MILLIS);
      storage.room = FaultyStorage.EMPTY_DISK;
      bench.pass(Journal.RETRY_MILLIS);
    }
    Bench.consistent(storage);
    assertEquals(40, Bench.numbers(storage, EventCode.ZONE_WITHHELD).size());
  }

  @Test
  @Timeout(20)
  void aSlowDiskNeverBlocksAnOffer() throws Exception {
    Bench bench = new Bench(storage, 1 << 20, 1024);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    storage.atSync =
        () -> {
          stuck.countDown();
          await(free);
        };
    bench.offer(EventCode.ZONE_WITHHELD, 1);
    Thread writer = Thread.ofPlatform().start(() -> bench.pass(1));
    assertTrue(stuck.await(10, TimeUnit.SECONDS));
    long longest = 0;
    for (int number = 2; number <= 900; number++) {
      long begin = System.nanoTime();
      assertTrue(bench.offer(EventCode.ZONE_WITHHELD, number) > 0);
      longest = Math.max(longest, System.nanoTime() - begin);
    }
    assertTrue(writer.isAlive());
    assertEquals(0, bench.journal().durableTicket());
    free.countDown();
    writer.join();
    bench.pass(1);
    assertEquals(900, bench.journal().durableTicket());
    System.out.println("longest offer beside a stuck disk: " + longest / 1000 + " us");
  }

  @Test
  void aWriteOfMoreThan200MillisIsCountedAndTheLongestKept() throws IOException {
    Bench bench = Bench.open(storage);
    for (long millis : new long[] {200, 201, 350}) {
      storage.atSync = () -> bench.nanos += millis * 1_000_000;
      bench.offer(EventCode.ZONE_WITHHELD, 1);
      bench.pass(1);
    }
    assertEquals(2, bench.journal().status().slowCommits());
    assertEquals(350_000, bench.journal().status().maxCommitMicros());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void aDiskThatIsFullAtStartIsAClearError() {
    storage.room = 20;
    IOException refused = assertThrows(IOException.class, () -> Bench.open(storage));
    assertTrue(refused.getMessage().contains("No space left"));
  }

  @Test
  void whatCannotBeRecordedIsRefusedWhereItIsMade() {
    Tick now = new Tick(1);
    assertThrows(
        IllegalArgumentException.class, () -> new Entry(EventCode.SAMPLE, now, Map.of("seq", 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Entry(EventCode.SAMPLE, now, Map.of("value", 1.5)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Entry(EventCode.SAMPLE, now, Map.of("list", List.of(1, 'c'))));
  }

  @Test
  void halfASurrogatePairAndAHugeTextDoNotStopTheJournal() throws IOException {
    Bench bench = Bench.open(storage);
    bench.journal().offer(new Entry(EventCode.REQUEST, bench.now(), Map.of("person", "a\ud800b")));
    bench
        .journal()
        .offer(new Entry(EventCode.SITE, bench.now(), Map.of("text", "x".repeat(2 << 20))));
    bench.pass(200);
    List<JournalRecord> records = Bench.records(storage);
    assertEquals("a?b", records.get(1).text("person").orElseThrow());
    assertTrue(records.get(2).number("oversizeBytes").orElseThrow() > 2 << 20);
    Bench.consistent(storage);
  }

  @Test
  void aLabelSaysWhatTheWallClockWouldHaveSaidAtTheTickAndHowGoodItIs() {
    long[] wall = {1_700_000_000_000L};
    long[] nanos = {5_000_000_000L};
    boolean[] set = {false};
    WallClock clock = new SystemWallClock(() -> new Tick(nanos[0]), () -> wall[0], () -> set[0]);
    assertEquals("2023-11-14T22:13:19.750Z", clock.read().label(new Tick(4_750_000_000L)));
    assertEquals(WallClock.Quality.UNSYNCHRONISED, clock.read().quality());
    set[0] = true;
    assertEquals(WallClock.Quality.SYNCHRONISED, clock.read().quality());
    wall[0] += 1_001;
    assertEquals(WallClock.Quality.STEPPED, clock.read().quality());
    assertEquals(WallClock.Quality.SYNCHRONISED, clock.read().quality());
    wall[0] -= 86_400_000;
    assertEquals(WallClock.Quality.STEPPED, clock.read().quality());
    wall[0] += 3_000;
    nanos[0] += 3_000_000_000L;
    assertEquals(WallClock.Quality.SYNCHRONISED, clock.read().quality());
  }
}
