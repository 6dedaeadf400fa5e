package davy.controller.uplink;

import davy.controller.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tinylog.Logger;

/** The journal folder as a source of records. A broken line is told of and passed over. */
final class JournalRecords implements Records {

  private final JournalReader reader;
  private long last;

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
    reader.seek(seq + 1);
  }

  @Override
  public Optional<Line> next() throws IOException {
    for (Optional<JournalReader.Item> item = reader.next();
        item.isPresent();
        item = reader.next()) {
      switch (item.get()) {
        case JournalReader.Item.Bad bad ->
            Logger.warn("journal {} line {}: {}", bad.file(), bad.line(), bad.what());
        case JournalReader.Item.Good good -> {
          long seq = good.record().seq();
          if (seq > last) {
            last = seq;
            return Optional.of(new Line(seq, good.record().json()));
          }
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
