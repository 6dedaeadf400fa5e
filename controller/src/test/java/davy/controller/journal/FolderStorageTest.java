package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real folder. */
final class FolderStorageTest {

  private static final long SEGMENT = 4096;

  @TempDir Path folder;

  @Test
  void aJournalIsKeptPrivateToItsGroupAndReadBack() throws IOException {
    Path place = folder.resolve("journal");
    Journal journal = Journal.open(place, SEGMENT, Clock.SYSTEM);
    for (int number = 0; number < 50; number++) {
      journal.offer(new Entry(EventCode.SAMPLE, Clock.SYSTEM.now(), Map.of("number", number)));
    }
    journal.close();
    assertEquals("rwxr-x---", mode(place));
    assertEquals("rw-r-----", mode(place.resolve(Segment.name(1))));
    assertTrue(Chain.verify(place) instanceof Chain.Verdict.Consistent);
    assertEquals(50, journal.durableTicket());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aSecondWriterOfTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
    Path place = folder.resolve("journal");
    Journal journal = Journal.open(place, SEGMENT, Clock.SYSTEM);
    IOException refused =
        assertThrows(IOException.class, () -> Journal.open(place, SEGMENT, Clock.SYSTEM));
    assertTrue(refused.getMessage().contains(place + ": another interlock writes here"));
    Victim other = Victim.start(place);
    assertTrue(other.complaint().contains("another interlock writes here"));
    journal.close();
    Journal.open(place, SEGMENT, Clock.SYSTEM).close();
  }

  @Test
  void aMissingParentIsNamedWithTheRemedy() {
    Path place = folder.resolve("nowhere/journal");
    IOException refused =
        assertThrows(IOException.class, () -> Journal.open(place, SEGMENT, Clock.SYSTEM));
    assertTrue(refused.getMessage().contains(place.toString()));
    assertTrue(refused.getMessage().contains("create " + place.getParent()));
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path place = Files.writeString(folder.resolve("journal"), "not a folder");
    IOException refused =
        assertThrows(IOException.class, () -> Journal.open(place, SEGMENT, Clock.SYSTEM));
    assertTrue(refused.getMessage().contains(place.toString()));
  }

  /** A file that is open takes its room, whatever its name has become. */
  @Test
  void whatWasRemovedOrPackedTakesNoRoomAnyMore() throws IOException {
    try (FolderStorage storage = FolderStorage.forWriting(folder)) {
      for (String name : List.of("removed", "packed")) {
        storage.append(name, new byte[1_000], 1_000);
        storage.sync(name);
      }
      storage.append("removed", new byte[1_000], 1_000);
      storage.remove("removed");
      assertEquals(List.of(), openAndGone());
      assertEquals(100, storage.read("packed", 0, new byte[100], 0, 100));
      storage.pack("packed");
      assertEquals(List.of(), openAndGone());
      assertEquals(100, storage.read("packed", 900, new byte[100], 0, 100));
      storage.remove("packed");
      assertEquals(List.of(), openAndGone());
    }
  }

  /** Files of the folder that this process holds open and that have no name any more. */
  private List<String> openAndGone() throws IOException {
    List<String> gone = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        String target = target(one);
        if (target.startsWith(folder.toRealPath().toString()) && target.endsWith(" (deleted)")) {
          gone.add(target);
        }
      }
    }
    return gone;
  }

  /** Empty where it was closed meanwhile. */
  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  @Test
  void aReaderFollowsAWriter() throws IOException {
    Path place = folder.resolve("journal");
    Journal journal = Journal.open(place, SEGMENT, Clock.SYSTEM);
    try (JournalReader reader = JournalReader.open(place)) {
      assertTrue(reader.next().orElseThrow() instanceof JournalReader.Item.Good);
      assertTrue(reader.next().isEmpty());
      for (int number = 0; number < 60; number++) {
        journal.offer(
            new Entry(EventCode.ZONE_WITHHELD, Clock.SYSTEM.now(), Map.of("number", number)));
        journal.work(new Tick(System.nanoTime()));
        long read = -1;
        while (read < number) {
          read =
              switch (reader.next().orElseThrow()) {
                case JournalReader.Item.Good good -> good.record().number("number").orElse(-1L);
                case JournalReader.Item.Bad bad -> throw new AssertionError(bad);
              };
        }
        assertTrue(reader.next().isEmpty());
      }
      reader.seek(40);
      assertTrue(reader.next().orElseThrow() instanceof JournalReader.Item.Good);
    }
    journal.close();
  }
}
