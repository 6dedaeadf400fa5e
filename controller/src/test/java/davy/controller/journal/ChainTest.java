package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done to a journal is found, and the first bad record is named. */
final class ChainTest {

  private static final String FIRST = Segment.name(1);

  @Test
  void anUntouchedJournalIsConsistentAndCounted() throws IOException {
    FaultyStorage journal = Bench.written(40, 4096);
    Chain.Totals totals = Bench.consistent(journal);
    assertEquals(1, totals.firstSeq());
    assertEquals(totals.records(), totals.lastSeq());
    assertEquals(Segment.all(journal).size(), totals.segments());
    assertTrue(totals.firstTime().compareTo(totals.lastTime()) < 0);
    assertEquals(64, totals.head().length());
  }

  @Test
  void everyFlippedByteIsFoundInItsRecord() throws IOException {
    FaultyStorage journal = Bench.written(3, 4096);
    byte[] whole = journal.files.get(FIRST);
    int line = 1;
    for (int at = 0; at < whole.length; at++) {
      for (int flip : new int[] {1, 0x20, 0x80, 0xff}) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) flip;
        FaultyStorage other = journal.copy();
        other.put(FIRST, changed);
        Chain.Damage damage = Bench.damage(other);
        assertEquals(FIRST, damage.file());
        assertEquals(line, damage.line(), "byte " + at + " flipped by " + flip);
        assertEquals(line, damage.seq());
      }
      line += whole[at] == '\n' ? 1 : 0;
    }
  }

  @Test
  void everyCutWithinARecordIsFound() throws IOException {
    FaultyStorage journal = Bench.written(3, 4096);
    byte[] whole = journal.files.get(FIRST);
    for (int size = 1; size < whole.length; size++) {
      if (whole[size - 1] != '\n') {
        FaultyStorage other = journal.copy();
        other.put(FIRST, Arrays.copyOf(whole, size));
        assertTrue(Bench.damage(other).what().startsWith("torn tail"), "cut to " + size);
      }
    }
  }

  @Test
  void aRemovedRecordIsFound() throws IOException {
    for (int gone = 0; gone < 5; gone++) {
      List<byte[]> lines = lines(Bench.written(5, 4096));
      lines.remove(gone);
      Chain.Damage damage = Bench.damage(journal(lines));
      assertEquals(gone + 2, damage.seq());
      assertEquals(gone + 1, damage.line());
    }
  }

  @Test
  void aRepeatedOrInsertedRecordIsFound() throws IOException {
    List<byte[]> repeated = lines(Bench.written(5, 4096));
    repeated.add(3, repeated.get(2));
    Chain.Damage damage = Bench.damage(journal(repeated));
    assertEquals(4, damage.line());
    assertTrue(damage.what().startsWith("inserted, repeated"));

    List<byte[]> foreign = lines(Bench.written(5, 4096));
    foreign.set(3, lines(Bench.written(5, 4096)).get(3));
    assertTrue(Bench.damage(journal(foreign)).what().startsWith("replaced"));
  }

  @Test
  void reorderedRecordsAreFound() throws IOException {
    List<byte[]> lines = lines(Bench.written(5, 4096));
    Collections.swap(lines, 2, 3);
    Chain.Damage damage = Bench.damage(journal(lines));
    assertEquals(3, damage.line());
    assertEquals(4, damage.seq());
  }

  @Test
  void aRecordThatWasChangedAndSealedAnewIsFoundAtTheNextOne() throws IOException {
    List<byte[]> lines = lines(Bench.written(5, 4096));
    String text = new String(lines.get(2), StandardCharsets.UTF_8);
    String object = text.substring(0, text.indexOf(",\"hash\"")).replace(":2,", ":9,") + "}";
    lines.set(2, Seal.seal(object.getBytes(StandardCharsets.UTF_8)).line());
    Chain.Damage damage = Bench.damage(journal(lines));
    assertEquals(4, damage.line());
    assertTrue(damage.what().startsWith("replaced"));
  }

  @Test
  void swappedMissingAndCutSegmentsAreFound() throws IOException {
    FaultyStorage journal = Bench.written(60, 4096);
    List<String> names = Segment.all(journal);
    assertTrue(names.size() >= 4);

    FaultyStorage swapped = journal.copy();
    swapped.put(names.get(1), journal.files.get(names.get(2)));
    swapped.put(names.get(2), journal.files.get(names.get(1)));
    assertEquals(names.get(1), Bench.damage(swapped).file());
    assertTrue(Bench.damage(swapped).what().contains("swapped"));

    FaultyStorage missing = journal.copy();
    missing.files.remove(names.get(1));
    assertEquals(names.get(2), Bench.damage(missing).file());
    assertTrue(Bench.damage(missing).what().startsWith("missing before it: records "));

    FaultyStorage beheaded = journal.copy();
    beheaded.files.remove(names.get(0));
    assertTrue(Bench.damage(beheaded).what().startsWith("the records before it are missing"));

    FaultyStorage cut = journal.copy();
    byte[] second = journal.files.get(names.get(1));
    cut.put(names.get(1), Arrays.copyOf(second, second.length - 9));
    assertEquals(names.get(1), Bench.damage(cut).file());
    assertTrue(Bench.damage(cut).what().startsWith("cut short"));

    FaultyStorage shorter = journal.copy();
    int end = second.length - 1;
    while (second[end - 1] != '\n') {
      end--;
    }
    shorter.put(names.get(1), Arrays.copyOf(second, end));
    assertEquals(names.get(2), Bench.damage(shorter).file());
  }

  @Test
  void aLineLongerThanAnyRecordTakesNoMoreMemoryAndIsFound() throws IOException {
    List<byte[]> lines = lines(Bench.written(3, 4096));
    byte[] endless = new byte[5 << 20];
    Arrays.fill(endless, (byte) 'x');
    endless[endless.length - 1] = '\n';
    lines.add(2, endless);
    Chain.Damage damage = Bench.damage(journal(lines));
    assertEquals(3, damage.line());
    assertTrue(damage.what().startsWith("longer than"));
  }

  @Test
  void sealedTextThatIsNoRecordIsFound() throws IOException {
    List<byte[]> lines = lines(Bench.written(3, 4096));
    for (String text : List.of("{\"seq\":3}", "[1,2}", "{\"a\":{}}", "{\"seq\":null}")) {
      List<byte[]> with = new ArrayList<>(lines);
      with.set(2, Seal.seal(text.getBytes(StandardCharsets.UTF_8)).line());
      assertEquals(3, Bench.damage(journal(with)).line());
    }
  }

  @Test
  void aFolderWithoutAJournalIsAClearError(@TempDir Path folder) {
    IOException none = assertThrows(IOException.class, () -> Chain.verify(folder));
    assertTrue(none.getMessage().contains("no journal here"));
    IOException nowhere =
        assertThrows(IOException.class, () -> Chain.verify(folder.resolve("nowhere")));
    assertTrue(nowhere.getMessage().contains("no such folder"));
  }

  private static List<byte[]> lines(FaultyStorage journal) {
    List<byte[]> lines = new ArrayList<>();
    byte[] bytes = journal.files.get(FIRST);
    int begin = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, begin, at + 1));
        begin = at + 1;
      }
    }
    return lines;
  }

  private static FaultyStorage journal(List<byte[]> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEach(bytes::writeBytes);
    FaultyStorage journal = new FaultyStorage();
    journal.put(FIRST, bytes.toByteArray());
    return journal;
  }
}
