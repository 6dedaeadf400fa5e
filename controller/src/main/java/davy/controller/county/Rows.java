package davy.controller.county;

import davy.controller.event.EventCode;
import java.util.Optional;

/** Records as rows of PostgreSQL's COPY. */
final class Rows {

  private static final char NONE_OF_A_TEXT = '\u0000';
  private static final char REPLACEMENT = '\uFFFD';

  private Rows() {}

  /** A row of the table {@code record}. A zero byte, which no text there can hold, is replaced. */
  static void append(StringBuilder rows, int journal, Receiver.Line line) {
    rows.append(journal).append('\t').append(line.seq()).append('\t');
    rows.append(line.record().isPresent() ? 't' : 'f').append('\t');
    String text = line.text();
    for (int at = 0; at < text.length(); at++) {
      char one = text.charAt(at);
      switch (one) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\r' -> rows.append("\\r");
        case NONE_OF_A_TEXT -> rows.append(REPLACEMENT);
        default -> rows.append(one);
      }
    }
    rows.append('\n');
  }

  /** The fingerprint of the key that a record names. */
  static Optional<String> key(Receiver.Line line) {
    return line.record()
        .filter(record -> record.code().equals(EventCode.JOURNAL_KEY.id()))
        .flatMap(record -> record.text("fingerprint"));
  }
}
