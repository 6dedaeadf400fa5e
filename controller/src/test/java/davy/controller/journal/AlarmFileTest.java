package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.Grade;
import davy.controller.alarm.Life;
import davy.controller.alarm.Saved;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AlarmFileTest {

  private static final Tick NOW = new Tick(1);
  private static final List<Saved> SOME =
      List.of(
          new Saved(
              "T1-limit",
              7,
              true,
              false,
              true,
              Grade.TWO,
              160,
              true,
              Optional.empty(),
              List.of("Z1", "Z2")),
          new Saved(
              "T2-sensor",
              2,
              false,
              false,
              false,
              Grade.NONE,
              0,
              false,
              Optional.of(new Life.OutOfService("li.wei", "换传感器")),
              List.of()));

  private final FaultyStorage storage = new FaultyStorage();

  private AlarmFile written() throws IOException {
    AlarmFile file = AlarmFile.open(storage);
    file.save(SOME);
    file.work(NOW);
    return file;
  }

  @Test
  void whatWasSavedIsThereAfterThePowerWent() throws IOException {
    written();
    AlarmFile again = AlarmFile.open(storage.afterPowerCut(0));
    assertEquals(SOME, again.atStart());
    assertEquals("", again.note());
  }

  @Test
  void whatIsSavedAtTheVeryEndIsThere() throws IOException {
    AlarmFile file = AlarmFile.open(storage);
    file.save(SOME);
    file.close();
    assertEquals(SOME, AlarmFile.open(storage).atStart());
  }

  @Test
  void aFullDiskIsToldAndTriedAgain() throws IOException {
    AlarmFile file = AlarmFile.open(storage);
    storage.room = 10;
    file.save(SOME);
    file.work(NOW);
    assertFalse(file.trouble().isEmpty());
    storage.room = FaultyStorage.EMPTY_DISK;
    file.work(NOW);
    assertEquals("", file.trouble());
    assertEquals(SOME, AlarmFile.open(storage.copy()).atStart());
  }

  @Test
  void everyChangedByteIsSeenAndTheFileIsKeptAside() throws IOException {
    written();
    byte[] bytes = storage.files.get(AlarmFile.FILE);
    for (int at = 0; at < bytes.length; at++) {
      FaultyStorage found = storage.copy();
      found.files.get(AlarmFile.FILE)[at] ^= 1;
      AlarmFile file = AlarmFile.open(found);
      assertEquals(List.of(), file.atStart(), "byte " + at);
      assertTrue(file.note().contains(AlarmFile.SPOILT), file.note());
      assertTrue(found.files.containsKey(AlarmFile.SPOILT));
    }
  }
}
