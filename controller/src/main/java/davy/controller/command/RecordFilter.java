package davy.controller.command;

import davy.controller.journal.JournalRecord;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Conditions on records, all of which must hold. */
final class RecordFilter {

  @Option(names = "--seq", paramLabel = "N", description = "This record alone.")
  private Optional<Long> seq = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From this time label on, UTC, as far as it is given: 2026-11-22T19:40")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Up to this time label, what it begins included.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "This kind of record, or every kind that begins so: zone.")
  private Optional<String> code = Optional.empty();

  @Option(names = "--zone", paramLabel = "ZONE", description = "Records of this zone.")
  private Optional<String> zone = Optional.empty();

  /** The record to begin reading at. */
  long first() {
    return seq.orElse(0L);
  }

  boolean wanted(JournalRecord record) {
    return seq.filter(number -> number != record.seq()).isEmpty()
        && from.filter(time -> record.time().compareTo(time) < 0).isEmpty()
        && to.filter(time -> past(record.time(), time)).isEmpty()
        && code.filter(begin -> !record.code().startsWith(begin)).isEmpty()
        && zone.filter(name -> !record.text("zone").equals(Optional.of(name))).isEmpty();
  }

  private static boolean past(String time, String limit) {
    return time.compareTo(limit) > 0 && !time.startsWith(limit);
  }
}
