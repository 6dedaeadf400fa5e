package davy.controller.uplink;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * The journal folder as a source of records. A damaged line goes up as it is: it is evidence too.
 */
final class JournalRecords implements Records {

  private final JournalReader reader;
  private long last;

  /** The record behind which we go on was seen: what follows is news. */
  private boolean began;

  private JournalRecords(JournalReader reader) {
    this.reader = reader;
  }

  static JournalRecords open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is not there");
    }
    return new JournalRecords(JournalReader.open(folder));
  }

  @Override
  public void after(long seq) throws IOException {
    last = seq;
    began = seq == 0;
    reader.seek(Math.max(1, seq));
  }

  @Override
  public Optional<Line> next() throws IOException {
    for (Optional<JournalReader.Item> item = reader.next();
        item.isPresent();
        item = reader.next()) {
      switch (item.get()) {
        case JournalReader.Item.Bad bad -> {
          if (began) {
            Logger.warn("journal {} line {}: {}", bad.file(), bad.line(), bad.what());
            last++;
            return Optional.of(new Line(last, bad.text(), ""));
          }
        }
        case JournalReader.Item.Good good -> {
          JournalRecord record = good.record();
          if (record.seq() > last) {
            last = record.seq();
            began = true;
            return Optional.of(new Line(last, record.json(), record.hash()));
          }
          began = record.seq() == last;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
