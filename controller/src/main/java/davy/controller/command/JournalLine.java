package davy.controller.command;

import davy.controller.event.EventCode;
import davy.controller.event.Severity;
import davy.controller.journal.JournalRecord;
import java.util.Optional;

/** How a record reads for people: one line. */
final class JournalLine {

  /** Longer values (a site file, recorded inputs) are for {@code --json}. */
  private static final int MOST_CHARACTERS = 200;

  private JournalLine() {}

  /**
   * Number, time (with {@code ?} where the clock was not synchronised and {@code !} where it had
   * just been stepped), severity, texts, fields.
   */
  static String of(JournalRecord record) {
    Optional<EventCode> code = EventCode.of(record.code());
    StringBuilder line =
        new StringBuilder(
            String.format(
                "%8d %s%s %-7s %s",
                record.seq(),
                record.time(),
                mark(record.clock()),
                code.map(EventCode::severity).map(Severity::name).orElse("?"),
                code.map(known -> known.chinese() + " " + known.english()).orElse(record.code())));
    record
        .fields()
        .forEach((name, value) -> line.append("  ").append(name).append('=').append(plain(value)));
    return line.toString();
  }

  private static String mark(String clock) {
    return switch (clock) {
      case "synchronised" -> " ";
      case "stepped" -> "!";
      default -> "?";
    };
  }

  /** Text without control characters: a terminal obeys those. */
  private static String plain(Object value) {
    String text = value.toString().replaceAll("\\p{Cntrl}", " ");
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + "… (" + text.length() + " characters)";
  }
}
