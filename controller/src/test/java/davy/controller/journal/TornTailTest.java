package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal finds after the power went in the middle of a write. */
final class TornTailTest {

  private final FaultyStorage storage = new FaultyStorage();

  @Test
  void aPowerCutAtEveryByteOfAWriteKeepsEveryDurableRecordAndContinues() throws IOException {
    Bench bench = Bench.open(storage);
    bench.offer(EventCode.ZONE_WITHHELD, 1);
    bench.pass(1);
    storage.syncFails = true;
    bench.offer(EventCode.ZONE_WITHHELD, 2);
    bench.offer(EventCode.ZONE_WITHHELD, 3);
    bench.pass(1);
    int unsynced = storage.unsynced();
    assertTrue(unsynced > 500);
    for (int kept = 0; kept <= unsynced; kept++) {
      FaultyStorage found = storage.afterPowerCut(kept);
      byte[] before = found.files.get(Segment.name(1));
      Bench next = Bench.open(found);
      next.journal().close();
      Chain.Totals totals = Bench.consistent(found);
      List<Long> numbers = Bench.numbers(found, EventCode.ZONE_WITHHELD);
      assertEquals(List.of(1L, 2L, 3L).subList(0, numbers.size()), numbers, "kept " + kept);
      assertTrue(numbers.size() >= 1, "kept " + kept);
      assertEquals(bench.journal().status().epoch(), totals.epoch());
      boolean torn = before.length > 0 && before[before.length - 1] != '\n';
      assertEquals(torn ? 1 : 0, totals.repairs(), "kept " + kept);
      if (torn) {
        keptBeside(found, before);
      }
    }
  }

  /** The cut bytes stand beside, and what is left and what was cut make the whole. */
  private static void keptBeside(FaultyStorage found, byte[] before) throws IOException {
    JournalRecord repaired =
        Bench.records(found).stream()
            .filter(record -> record.code().equals("journal.repaired"))
            .findFirst()
            .orElseThrow();
    byte[] cut = found.files.get(repaired.text("file").orElseThrow());
    assertEquals(cut.length, repaired.number("bytes").orElseThrow());
    assertArrayEquals(cut, Arrays.copyOfRange(before, before.length - cut.length, before.length));
  }

  @Test
  void aPowerCutAtEveryByteOfTheVeryFirstWriteBeginsAfresh() throws IOException {
    storage.syncFails = true;
    try {
      Bench.open(storage);
    } catch (IOException expected) {
      assertEquals("Input/output error", expected.getMessage());
    }
    int unsynced = storage.unsynced();
    for (int kept = 0; kept < unsynced; kept++) {
      FaultyStorage found = storage.afterPowerCut(kept);
      Bench.open(found);
      Chain.Totals totals = Bench.consistent(found);
      assertEquals(1, totals.firstSeq());
      assertEquals(kept == 0 ? 0 : 1, totals.repairs());
    }
  }

  @Test
  void aPowerCutAtEveryByteOfARollOverContinues() throws IOException {
    Bench bench = new Bench(storage, 4096, 64);
    int number = 0;
    while (storage.files.get(Segment.name(1)).length < 4096) {
      bench.offer(EventCode.ZONE_WITHHELD, ++number);
      bench.pass(1);
    }
    storage.syncFails = true;
    bench.offer(EventCode.ZONE_WITHHELD, number + 1);
    bench.pass(1);
    assertEquals(2, storage.files.size());
    for (int kept = 0; kept <= storage.unsynced(); kept++) {
      FaultyStorage found = storage.afterPowerCut(kept);
      new Bench(found, 4096, 64).journal().close();
      Bench.consistent(found);
      assertTrue(Bench.numbers(found, EventCode.ZONE_WITHHELD).size() >= number);
    }
  }

  @Test
  void aRepairInterruptedByAPowerCutIsStillRecorded() throws IOException {
    FaultyStorage torn = Bench.written(2, 4096);
    byte[] whole = torn.files.get(Segment.name(1));
    torn.put(Segment.name(1), Arrays.copyOf(whole, whole.length - 5));
    Opening.of(torn, new Tick(1));
    assertEquals(0, Bench.consistent(torn).repairs());
    Bench.open(torn);
    assertEquals(1, Bench.consistent(torn).repairs());
    Bench.open(torn);
    assertEquals(1, Bench.consistent(torn).repairs());
  }

  @Test
  void pagesThatArrivedOutOfOrderWithinTheLastWriteAreATornTail() throws IOException {
    Bench bench = Bench.open(storage);
    for (int number = 1; number <= 5; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
    }
    bench.pass(1);
    bench.journal().close();
    byte[] bytes = storage.files.get(Segment.name(1));
    int second = lineStart(bytes, 2);
    Arrays.fill(bytes, second, second + 20, (byte) 0);
    Bench next = Bench.open(storage);
    assertEquals(bench.journal().status().epoch(), next.journal().status().epoch());
    assertEquals(1, Bench.consistent(storage).repairs());
    assertEquals(List.of(1L), Bench.numbers(storage, EventCode.ZONE_WITHHELD));
  }

  @Test
  void aDamagedDurableRecordBeginsANewEpochAndStaysAsEvidence() throws IOException {
    FaultyStorage damaged = Bench.written(5, 4096);
    byte[] bytes = damaged.files.get(Segment.name(1));
    bytes[lineStart(bytes, 3) + 30] ^= 1;
    String epoch = epoch(bytes);
    Bench next = Bench.open(damaged);
    assertNotEquals(epoch, next.journal().status().epoch());
    assertArrayEquals(bytes, damaged.files.get(Segment.name(1)));
    assertEquals(7, next.journal().status().durableSeq());
    assertTrue(damaged.files.containsKey(Segment.name(7)));
    assertEquals(4, Bench.damage(damaged).seq());
    next.offer(EventCode.ZONE_WITHHELD, 9);
    next.journal().close();
    Bench again = Bench.open(damaged);
    assertEquals(next.journal().status().epoch(), again.journal().status().epoch());
  }

  @Test
  void anUnreadableLastSegmentBeginsANewEpoch() throws IOException {
    FaultyStorage damaged = Bench.written(40, 4096);
    String last = Segment.all(damaged).getLast();
    Arrays.fill(damaged.files.get(last), (byte) 'x');
    Bench next = Bench.open(damaged);
    next.journal().close();
    assertTrue(Segment.number(Segment.all(damaged).getLast()) >= Segment.number(last));
    Bench.records(sub(damaged, Segment.all(damaged).getLast()));
  }

  private static FaultyStorage sub(FaultyStorage all, String name) {
    FaultyStorage one = new FaultyStorage();
    one.put(name, all.files.get(name));
    return one;
  }

  private static String epoch(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int at = text.indexOf("\"epoch\":\"") + 9;
    return text.substring(at, at + 32);
  }

  private static int lineStart(byte[] bytes, int line) {
    int at = 0;
    for (int seen = 0; seen < line; at++) {
      seen += bytes[at] == '\n' ? 1 : 0;
    }
    return at;
  }
}
