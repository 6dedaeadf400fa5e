package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A journal on a faulty storage, stepped by hand. */
final class Bench {

  final FaultyStorage storage;
  long nanos = 1_000_000_000L;
  private final Journal journal;

  Bench(FaultyStorage storage, long segmentBytes, int capacity) throws IOException {
    this.storage = storage;
    this.journal = Journal.open(storage, segmentBytes, capacity, () -> new Tick(nanos), this::wall);
  }

  static Bench open(FaultyStorage storage) throws IOException {
    return new Bench(storage, 1 << 20, 64);
  }

  private WallClock.Reading wall() {
    return new WallClock.Reading(
        1_700_000_000_000L + nanos / 1_000_000, now(), WallClock.Quality.UNSYNCHRONISED);
  }

  Journal journal() {
    return journal;
  }

  Tick now() {
    return new Tick(nanos);
  }

  /** A number is recorded; a trip goes to disk at once, a sample does not. */
  long offer(EventCode code, int number) {
    return journal.offer(new Entry(code, now(), Map.of("number", number, "place", "掘进面")));
  }

  /** Lets time pass and the journal do its work. */
  void pass(long millis) {
    nanos += millis * 1_000_000;
    for (int turn = 0; turn < 100 && journal.work(now()).equals(now()); turn++) {
      nanos += 1;
    }
  }

  /** A small journal that is closed again. */
  static FaultyStorage written(int records, long segmentBytes) throws IOException {
    FaultyStorage storage = new FaultyStorage();
    Bench bench = new Bench(storage, segmentBytes, 64);
    for (int number = 1; number <= records; number++) {
      bench.offer(EventCode.ZONE_WITHHELD, number);
      bench.pass(1);
    }
    bench.journal.close();
    return storage;
  }

  static List<JournalRecord> records(Storage storage) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    JournalReader reader = new JournalReader(storage);
    reader.seek(0);
    for (var item = reader.next(); item.isPresent(); item = reader.next()) {
      if (item.get() instanceof JournalReader.Item.Good good) {
        records.add(good.record());
      } else {
        throw new AssertionError(item.get());
      }
    }
    return records;
  }

  /** Numbers of the records of a kind, in order. */
  static List<Long> numbers(Storage storage, EventCode code) throws IOException {
    return records(storage).stream()
        .filter(record -> record.code().equals(code.id()))
        .map(record -> record.number("number").orElseThrow())
        .toList();
  }

  static Chain.Totals consistent(Storage storage) throws IOException {
    return switch (Chain.verify(storage)) {
      case Chain.Verdict.Consistent consistent -> consistent.totals();
      case Chain.Verdict.Damaged damaged -> throw new AssertionError(damaged.damage());
    };
  }

  static Chain.Damage damage(Storage storage) throws IOException {
    return switch (Chain.verify(storage)) {
      case Chain.Verdict.Consistent consistent -> throw new AssertionError(consistent.totals());
      case Chain.Verdict.Damaged damaged -> damaged.damage();
    };
  }
}
