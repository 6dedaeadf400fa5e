package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal read by the uplink while it grows, over several segments. */
class JournalRecordsTest {

  @TempDir Path folder;

  @Test
  void recordsComeInOrderFromAnyPlaceOnAndGrow() throws Exception {
    Journal journal = Journal.open(folder, 4096, Clock.SYSTEM);
    grow(journal, 100);
    long last = journal.status().durableSeq();
    try (JournalRecords records = JournalRecords.open(folder)) {
      records.after(0);
      assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), rest(records));
      records.after(50);
      assertEquals(LongStream.rangeClosed(51, last).boxed().toList(), rest(records));
      grow(journal, 60);
      long more = journal.status().durableSeq();
      assertTrue(more >= last + 60);
      assertEquals(LongStream.rangeClosed(last + 1, more).boxed().toList(), rest(records));
    }
    journal.close();
  }

  @Test
  void aMissingFolderIsToldAndTriedAgainLater() {
    Path none = folder.resolve("none");
    IOException told = assertThrows(IOException.class, () -> JournalRecords.open(none));
    assertTrue(told.getMessage().contains("is not there"));
  }

  private static void grow(Journal journal, int entries) {
    for (int i = 0; i < entries; i++) {
      Tick now = Clock.SYSTEM.now();
      journal.offer(new Entry(EventCode.REQUEST, now, Map.of("number", i)));
      journal.work(now);
    }
  }

  private static List<Long> rest(JournalRecords records) throws IOException {
    List<Long> all = new ArrayList<>();
    for (Optional<Records.Line> line = records.next(); line.isPresent(); line = records.next()) {
      assertTrue(line.get().json().contains("\"seq\":" + line.get().seq()));
      all.add(line.get().seq());
    }
    return all;
  }
}
