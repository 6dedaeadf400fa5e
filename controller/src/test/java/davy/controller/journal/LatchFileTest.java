package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Saved;
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

  private static final String BOOT = "boot-1";
  private static final long MINUTE = 60_000_000_000L;
  private static final SavedNames NAMES = names("heading", "d1", "coil 1");
  private static final Saved NONE = saved(Saved.Zone.NOTHING, false, List.of());
  private static final Saved RICH =
      saved(
          new Saved.Zone(Causes.of(Cause.OVER_RANGE, Cause.PANEL_TRIP), true, true, true),
          true,
          List.of(1));
  private static final Saved LOST = Kept.lost(NAMES);

  private final FaultyStorage storage = new FaultyStorage();
  private long millis = 1;

  private static SavedNames names(String site, String digest, String output) {
    return new SavedNames(
        site,
        digest,
        "text of " + digest,
        List.of(new SavedNames.Zone("Z1", output), new SavedNames.Zone("Z2", "coil 2")),
        List.of("F1"),
        List.of("T1", "T2"));
  }

  private static Saved saved(Saved.Zone first, boolean startLocked, List<Integer> calibrating) {
    return new Saved(
        List.of(first, Saved.Zone.NOTHING),
        List.of(new Saved.Fan(startLocked)),
        calibrating,
        true,
        false);
  }

  private static LatchFile open(FaultyStorage found) throws IOException {
    return open(found, NAMES, true);
  }

  private static LatchFile open(FaultyStorage found, SavedNames names, boolean known)
      throws IOException {
    return LatchFile.open(found, names, known, BOOT, new Tick(1));
  }

  private void pass(LatchFile latches) {
    millis += 1000;
    latches.work(new Tick(millis * 1_000_000));
  }

  private FaultyStorage saved(Saved newest) throws IOException {
    FaultyStorage found = new FaultyStorage();
    LatchFile file = open(found, NAMES, false);
    file.save(newest);
    file.orderlyEnd();
    pass(file);
    return found;
  }

  @Test
  void aNeverSeenSiteHasNoLatches() throws IOException {
    LatchFile latches = open(storage, NAMES, false);
    Saved fresh = latches.atStart();
    assertEquals(NONE.zones(), fresh.zones());
    assertEquals(NONE.fans(), fresh.fans());
    assertFalse(fresh.configurationAccepted(), "nobody has accepted it");
    assertFalse(fresh.manualOnly());
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
    for (int room = 0; room < 1_200; room++) {
      FaultyStorage found = saved(NONE);
      LatchFile latches = open(found);
      found.room = room;
      latches.save(RICH);
      pass(latches);
      boolean saved = latches.status().saved();
      Saved after = open(found.copy()).atStart();
      assertEquals(saved ? RICH : LOST, after, "room for " + room);
      found.room = FaultyStorage.EMPTY_DISK;
      pass(latches);
      assertEquals(RICH, open(found.copy()).atStart(), "once there is room again");
    }
  }

  @Test
  void aDiskThatFillsUpAtAnyByteOfARemovalKeepsTheLatch() throws IOException {
    for (int room = 0; room < 1_200; room++) {
      FaultyStorage found = saved(RICH);
      LatchFile latches = open(found);
      found.room = room;
      latches.save(NONE);
      pass(latches);
      boolean saved = latches.status().saved();
      Saved after = open(found.copy()).atStart();
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
    assertEquals(LOST, open(found, NAMES, false).atStart());
  }

  @Test
  void aCauseOfANewerVersionLatchesItsZone() throws IOException {
    FaultyStorage found = saved(NONE);
    for (String name : LatchFile.COPIES) {
      String text = new String(found.files.get(name), StandardCharsets.UTF_8);
      String object = text.substring(0, text.indexOf(",\"hash\"")) + "}";
      int second = object.indexOf("\"Z2\"");
      String newer =
          object.substring(0, second)
              + object
                  .substring(second)
                  .replaceFirst("\"latches\":\\[]", "\"latches\":[\"WATER_HIGH\",\"PANEL_TRIP\"]");
      assertNotEquals(object, newer);
      found.put(name, Seal.seal(newer.getBytes(StandardCharsets.UTF_8)).line());
    }
    Saved read = open(found).atStart();
    assertEquals(Saved.Zone.NOTHING, read.zones().getFirst());
    assertEquals(Causes.of(Cause.LATCHES_LOST, Cause.PANEL_TRIP), read.zones().getLast().latches());
  }

  @Test
  void renamingTheZoneOrTheSiteReleasesNothing() throws IOException {
    FaultyStorage found = saved(RICH);
    SavedNames renamed =
        new SavedNames(
            "heading",
            "d1",
            "text",
            List.of(new SavedNames.Zone("Y1", "coil 1"), NAMES.zones().getLast()),
            List.of("G1"),
            NAMES.points());
    Saved zone = open(found, renamed, true).atStart();
    assertTrue(zone.zones().getFirst().latches().has(Cause.LATCHES_LOST));
    assertTrue(zone.zones().getFirst().proofDue(), "a zone nobody knows is tried first");
    assertEquals(Saved.Zone.NOTHING, zone.zones().getLast());
    assertEquals(List.of(new Saved.Fan(true)), zone.fans(), "renaming a fan unlocks nothing");
    LatchFile site = open(found, names("other", "d1", "coil 1"), false);
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
    LatchFile latches = LatchFile.open(state, NAMES, false, new Tick(1));
    IOException refused =
        assertThrows(IOException.class, () -> LatchFile.open(state, NAMES, false, new Tick(1)));
    assertTrue(refused.getMessage().contains("another interlock"));
    latches.save(RICH);
    latches.close();
    Files.writeString(state.resolve("latches.a.tmp"), "left by a kill");
    try (var files = Files.list(state)) {
      assertEquals(4, files.count());
    }
    LatchFile again = LatchFile.open(state, NAMES, true, new Tick(1));
    assertEquals(RICH, again.atStart());
    again.close();
  }

  @Test
  void theFileOfTheVersionBeforeIsReadAsWhatItSays() throws IOException {
    String text =
        "{\"format\":1,\"site\":\"heading\",\"number\":7,"
            + "\"zones\":{\"Z1\":[\"OVER_RANGE\"],\"Z2\":[]}}";
    for (String name : LatchFile.COPIES) {
      storage.put(name, Seal.seal(text.getBytes(StandardCharsets.UTF_8)).line());
    }
    Saved read = open(storage).atStart();
    assertEquals(
        List.of(
            new Saved.Zone(Causes.of(Cause.OVER_RANGE), false, false, false), Saved.Zone.NOTHING),
        read.zones());
    assertEquals(List.of(new Saved.Fan(true)), read.fans(), "it knew nothing of fans");
    assertFalse(read.configurationAccepted());
  }

  @Test
  void anotherConfigurationIsNotAcceptedAndItsChangedZonesAreDueForAProofTest() throws IOException {
    FaultyStorage found = saved(NONE);
    SavedNames changed = names("heading", "d2", "coil 3");
    LatchFile latches = open(found, changed, true);
    Saved start = latches.atStart();
    assertFalse(start.configurationAccepted());
    assertTrue(start.zones().getFirst().proofDue());
    assertFalse(start.zones().getLast().proofDue(), "nobody touched it");
    assertEquals("text of d1", latches.accepted().text());
    latches.save(start);
    latches.orderlyEnd();
    pass(latches);
    assertEquals(start, open(found, changed, true).atStart(), "a restart accepts nothing");

    LatchFile again = open(found, changed, true);
    Saved accepted =
        new Saved(start.zones(), start.fans(), start.calibrating(), true, start.manualOnly());
    again.save(accepted);
    again.orderlyEnd();
    pass(again);
    assertEquals(accepted, open(found, changed, true).atStart(), "the proof test is still due");
    assertFalse(open(found, NAMES, true).atStart().configurationAccepted(), "nor the way back");
  }

  @Test
  void whatAPointUsedOfItsShiftIsThereAfterARestartAndLostWithTheFile() throws IOException {
    Saved.Inhibited used = new Saved.Inhibited(1, 1_800_000_000_000L);
    Saved inhibited = new Saved(NONE.zones(), NONE.fans(), List.of(), true, false, List.of(used));
    FaultyStorage found = saved(inhibited);
    assertEquals(List.of(used), open(found).atStart().inhibited());
    for (String name : LatchFile.COPIES) {
      found.put(name, new byte[1]);
    }
    assertEquals(
        List.of(Saved.Inhibited.lost(0), Saved.Inhibited.lost(1)),
        open(found).atStart().inhibited());
  }

  @Test
  void threeUnplannedEndsWithinAnHourMakeEveryReleaseManual() throws IOException {
    FaultyStorage found = saved(NONE);
    for (int run = 1; run <= 4; run++) {
      LatchFile latches = LatchFile.open(found, NAMES, true, BOOT, new Tick(run * MINUTE));
      assertEquals(run > 3, latches.atStart().manualOnly(), "start " + run);
      latches.work(new Tick(run * MINUTE));
    }
    long late = 4 * MINUTE + Runs.HOUR_NANOS;
    LatchFile after = LatchFile.open(found, NAMES, true, BOOT, new Tick(late));
    assertFalse(after.atStart().manualOnly(), "the first of them is older than an hour");
  }

  @Test
  void acrossBootsAnEndCountsUntilARunHasLastedAnHour() throws IOException {
    FaultyStorage found = saved(NONE);
    for (int run = 1; run <= 4; run++) {
      LatchFile latches = LatchFile.open(found, NAMES, true, "boot-" + run, new Tick(MINUTE));
      assertEquals(run > 3, latches.atStart().manualOnly(), "start " + run);
      latches.work(new Tick(MINUTE));
    }
    LatchFile crashed = LatchFile.open(found, NAMES, true, "boot-9", new Tick(MINUTE));
    assertTrue(crashed.atStart().manualOnly(), "nobody knows how long the machine was off");
    crashed.work(new Tick(MINUTE));
    crashed.work(new Tick(MINUTE + Runs.HOUR_NANOS));
    assertFalse(
        LatchFile.open(found, NAMES, true, "boot-10", new Tick(MINUTE)).atStart().manualOnly());
  }
}
