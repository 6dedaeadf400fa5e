package davy.controller.journal;

import davy.controller.event.EventCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What happened long ago: statistics as a chart draws them, and records of one kind. */
public final class History {

  /**
   * One window, in the point's whole unit; without samples there is no least, greatest and mean.
   *
   * @param time the wall clock's label at its end, UTC
   * @param samples good ones within it
   * @param notGoodMillis how long the point was not good within it
   */
  public record Window(
      String time,
      long samples,
      Optional<Long> least,
      Optional<Long> greatest,
      Optional<Long> mean,
      long notGoodMillis) {}

  private History() {}

  /**
   * Tells the windows of a point in order.
   *
   * @param since the earliest label, as far as it is given, UTC: {@code 2026-11-22T19}
   * @throws IOException where the folder can't be read
   */
  public static void of(Path folder, String point, String since, Consumer<Window> take)
      throws IOException {
    records(
        folder,
        EventCode.STATISTICS,
        record -> {
          if (record.time().compareTo(since) >= 0) {
            window(record, point).ifPresent(take);
          }
        });
  }

  /**
   * Tells every record of one kind in order, from the events kept apart and, for what is not there
   * yet, from the journal. Each record's own hash is checked, the chain is not.
   *
   * @throws IOException where the folder can't be read
   */
  public static void records(Path folder, EventCode code, Consumer<JournalRecord> take)
      throws IOException {
    try (Storage storage = FolderStorage.forReading(folder)) {
      long last = records(JournalReader.ofEvents(storage), 0, code, take);
      JournalReader rest = new JournalReader(storage);
      rest.seek(last + 1);
      records(rest, last + 1, code, take);
    }
  }

  /** Returns the number of the last record read. */
  private static long records(
      JournalReader reader, long from, EventCode code, Consumer<JournalRecord> take)
      throws IOException {
    long last = 0;
    for (var item = reader.next(); item.isPresent(); item = reader.next()) {
      if (item.get() instanceof JournalReader.Item.Good(JournalRecord record)) {
        last = record.seq();
        if (last >= from && record.code().equals(code.id())) {
          take.accept(record);
        }
      }
    }
    return last;
  }

  private static Optional<Window> window(JournalRecord record, String point) {
    boolean has =
        record.fields().get("points") instanceof Map<?, ?> points
            && points.get(point) instanceof Map<?, ?>;
    if (!has) {
      return Optional.empty();
    }
    Map<?, ?> fields = (Map<?, ?>) ((Map<?, ?>) record.fields().get("points")).get(point);
    return Optional.of(
        new Window(
            record.time(),
            number(fields, "samples").orElse(0L),
            number(fields, "min"),
            number(fields, "max"),
            number(fields, "mean"),
            number(fields, "notGoodMillis").orElse(0L)));
  }

  private static Optional<Long> number(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }
}
