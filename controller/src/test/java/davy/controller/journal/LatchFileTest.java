package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatchFileTest {

  private static final List<String> ZONES = List.of("Z1", "Z2");
  private static final List<Causes> NONE = List.of(Causes.NONE, Causes.NONE);
  private static final List<Causes> RICH =
      List.of(Causes.of(Cause.OVER_RANGE, Cause.PANEL_TRIP), Causes.NONE);
  private static final List<Causes> LOST =
      List.of(Causes.of(Cause.LATCHES_LOST), Causes.of(Cause.LATCHES_LOST));

  private final FaultyStorage storage = new FaultyStorage();
  private long millis = 1;

  private LatchFile open(FaultyStorage found) throws IOException {
    return LatchFile.open(found, "heading", ZONES, true);
  }

  private void pass(LatchFile latches) {
    millis += 1000;
    latches.work(new Tick(millis * 1_000_000));
  }

  private FaultyStorage saved(List<Causes> latches) throws IOException {
    FaultyStorage found = new FaultyStorage();
    LatchFile file = LatchFile.open(found, "heading", ZONES, false);
    file.save(latches);
    pass(file);
    return found;
  }

  @Test
  void aNeverSeenSiteHasNoLatches() throws IOException {
    LatchFile latches = LatchFile.open(storage, "heading", ZONES, false);
    assertEquals(NONE, latches.atStart());
    assertEquals("", latches.status().note());
    pass(latches);
    assertEquals(Set.of("latches.a", "latches.b"), storage.files.keySet());
  }

  @Test
  void aKnownSiteWithoutTheFileLatchesEveryZone() throws IOException {
    LatchFile latches = open(storage);
    assertEquals(LOST, latches.atStart());
    assertTrue(latches.status().note().contains("missing"));
  }

  @Test
  void whatIsSavedIsThereAfterARestartUntilItIsRemoved() throws IOException {
    FaultyStorage found = saved(RICH);
    LatchFile again = open(found);
    assertEquals(RICH, again.atStart());
    again.save(NONE);
    assertFalse(again.status().saved());
    pass(again);
    assertTrue(again.status().saved());
    assertEquals(NONE, open(found).atStart());
  }

  @Test
  void lostLatchesStayLostOverFurtherRestarts() throws IOException {
    LatchFile lost = open(storage);
    pass(lost);
    assertEquals(LOST, open(storage).atStart());
  }

  @Test
  void aDiskThatFillsUpAtAnyByteNeverBringsBackTheTimeBeforeALatch() throws IOException {
    for (int room = 0; room < 600; room++) {
      FaultyStorage found = saved(NONE);
      LatchFile latches = open(found);
      found.room = room;
      latches.save(RICH);
      pass(latches);
      boolean saved = latches.status().saved();
      List<Causes> after = open(found.copy()).atStart();
      assertEquals(saved ? RICH : LOST, after, "room for " + room);
      found.room = FaultyStorage.EMPTY_DISK;
      pass(latches);
      assertEquals(RICH, open(found.copy()).atStart(), "once there is room again");
    }
  }

  @Test
  void aDiskThatFillsUpAtAnyByteOfARemovalKeepsTheLatch() throws IOException {
    for (int room = 0; room < 600; room++) {
      FaultyStorage found = saved(RICH);
      LatchFile latches = open(found);
      found.room = room;
      latches.save(NONE);
      pass(latches);
      boolean saved = latches.status().saved();
      List<Causes> after = open(found.copy()).atStart();
      assertEquals(saved ? NONE : RICH, after, "room for " + room);
    }
  }

  @Test
  void everyCutAndEveryFlippedByteOfOneCopyCostsNothing() throws IOException {
    FaultyStorage whole = saved(RICH);
    for (String name : LatchFile.COPIES) {
      byte[] bytes = whole.files.get(name);
      for (int at = 0; at < bytes.length; at++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        for (byte[] damaged : List.of(flipped, Arrays.copyOf(bytes, at))) {
          FaultyStorage found = whole.copy();
          found.put(name, damaged);
          LatchFile latches = open(found);
          assertEquals(RICH, latches.atStart());
          assertTrue(latches.status().note().contains(name));
        }
      }
    }
  }

  @Test
  void bothCopiesDamagedLatchEveryZoneEvenOfASiteTheJournalDoesNotKnow() throws IOException {
    FaultyStorage found = saved(NONE);
    for (String name : LatchFile.COPIES) {
      found.files.get(name)[20] ^= 1;
    }
    assertEquals(LOST, LatchFile.open(found, "heading", ZONES, false).atStart());
  }

  @Test
  void aCauseOfANewerVersionLatchesItsZone() throws IOException {
    FaultyStorage found = saved(NONE);
    for (String name : LatchFile.COPIES) {
      String text = new String(found.files.get(name), StandardCharsets.UTF_8);
      String object = text.substring(0, text.indexOf(",\"hash\"")) + "}";
      String newer = object.replace("\"Z2\":[]", "\"Z2\":[\"WATER_HIGH\",\"PANEL_TRIP\"]");
      assertNotEquals(object, newer);
      found.put(name, Seal.seal(newer.getBytes(StandardCharsets.UTF_8)).line());
    }
    List<Causes> expected = List.of(Causes.NONE, Causes.of(Cause.LATCHES_LOST, Cause.PANEL_TRIP));
    assertEquals(expected, open(found).atStart());
  }

  @Test
  void renamingTheZoneOrTheSiteReleasesNothing() throws IOException {
    FaultyStorage found = saved(RICH);
    LatchFile zone = LatchFile.open(found, "heading", List.of("Y1", "Z2"), true);
    assertEquals(List.of(Causes.of(Cause.LATCHES_LOST), Causes.NONE), zone.atStart());
    LatchFile site = LatchFile.open(found, "other", ZONES, false);
    assertEquals(LOST, site.atStart());
    assertTrue(site.status().note().contains("another site: heading"));
  }

  @Test
  void aFailingDiskIsShownAndTriedAgain() throws IOException {
    FaultyStorage found = saved(NONE);
    LatchFile latches = open(found);
    found.readOnly = true;
    latches.save(RICH);
    pass(latches);
    assertTrue(latches.status().trouble().contains("Read-only file system"));
    assertFalse(latches.status().saved());
    found.readOnly = false;
    pass(latches);
    assertEquals("", latches.status().trouble());
    assertTrue(latches.status().saved());
    assertEquals(RICH, open(found).atStart());
  }

  @Test
  void onARealFolderASecondOneIsRefusedAndNothingIsLeftHalfWay(@TempDir Path folder)
      throws IOException {
    Path state = folder.resolve("interlock");
    LatchFile latches = LatchFile.open(state, "heading", ZONES, false);
    IOException refused =
        assertThrows(IOException.class, () -> LatchFile.open(state, "heading", ZONES, false));
    assertTrue(refused.getMessage().contains("another interlock"));
    latches.save(RICH);
    latches.close();
    Files.writeString(state.resolve("latches.a.tmp"), "left by a kill");
    try (var files = Files.list(state)) {
      assertEquals(4, files.count());
    }
    LatchFile again = LatchFile.open(state, "heading", ZONES, true);
    assertEquals(RICH, again.atStart());
    again.close();
  }
}
