package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Profile.Row;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProfileFileTest {

  private final List<Complaint> complaints = new ArrayList<>();
  private final Shelf shelf = Shelf.builtIn("davy/profiles");

  @Test
  void theIndexNamesEveryProfileThatComesWithDavy() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/davy/profiles"))) {
      assertEquals(
          shelf.names(),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".toml"))
              .map(name -> name.replace(".toml", ""))
              .sorted()
              .toList());
    }
  }

  @Test
  void everyProfileThatComesWithDavyIsReadUnderItsOwnName() {
    for (String name : shelf.names()) {
      assertEquals(name, builtIn(name).name());
    }
  }

  @Test
  void theHeadingTripsWhereTheTableSays() {
    Profile heading = builtIn("cn-aq1029-heading");
    assertEquals(2000, heading.limitMillis());
    assertEquals(60_000, heading.startHoldMillis());
    assertEquals(new Methane(-10), heading.driftAt());
    assertFalse(heading.reviewed());
    Row t1 = heading.row("T1").orElseThrow();
    assertEquals(new Methane(100), t1.alarmAt());
    assertEquals(Optional.of(new Methane(150)), t1.tripAt());
    assertEquals(Optional.of(new Methane(100)), t1.restoreBelow());
    assertTrue(t1.required());
    assertEquals(
        Optional.of(new Methane(100)), heading.row("T2").orElseThrow().tripAt(), "the return");
    assertFalse(heading.row("T3").orElseThrow().required());
    assertEquals(24, heading.alarm(Quantity.CARBON_MONOXIDE).orElseThrow().alarmAt());
    assertEquals(25, heading.alarm(Quantity.AIR_SPEED).orElseThrow().alarmAt());
  }

  @Test
  void everyFigureCarriesItsSourceAndMark() {
    for (String name : shelf.names()) {
      Profile profile = builtIn(name);
      profile.rows().forEach(row -> assertFalse(row.source().isBlank(), row.role()));
      assertEquals(ProfileKey.values().length, profile.origins().size());
      profile.origins().forEach(origin -> assertFalse(origin.source().isBlank(), origin.key()));
    }
  }

  @Test
  void theDemoDiffersFromTheHeadingInItsNamedTimesOnly() {
    Profile heading = builtIn("cn-aq1029-heading");
    Profile demo = builtIn("demo-heading");
    assertTrue(demo.demo());
    assertEquals(3000, demo.startHoldMillis());
    assertEquals(3000, demo.stableMillis());
    assertEquals(2000, demo.backToGoodMillis());
    assertEquals(heading.limitMillis(), demo.limitMillis());
    assertEquals(heading.rows(), demo.rows());
    assertEquals(heading.alarms(), demo.alarms());
    assertNotEquals(heading.digest(), demo.digest());
  }

  @Test
  void aDerivedProfileThatIsNoDemoMayOnlyBeStricter() {
    String text =
        """
        name = "own"
        title = "own"
        base = "cn-aq1029-heading"
        [times]
        limitMillis = { value = %d, source = "x", mark = "J" }
        startHoldMillis = { value = %d, source = "x", mark = "J" }
        driftAt = { value = %s, source = "x", mark = "J" }
        """;
    assertEquals(1999, read(text.formatted(1999, 60_001, "-0.09")).orElseThrow().limitMillis());
    assertEquals(List.of(), complaints);
    assertEquals(Optional.empty(), read(text.formatted(2001, 59_999, "-0.11")));
    assertEquals(
        List.of(
            "own.toml:5:1: limitMillis is laxer than in cn-aq1029-heading",
            "own.toml:6:1: startHoldMillis is laxer than in cn-aq1029-heading",
            "own.toml:7:1: driftAt is laxer than in cn-aq1029-heading"),
        told());
  }

  @Test
  void anUnknownBaseAndABaseWithABaseAreRefused() {
    assertEquals(Optional.empty(), read("name = \"o\"\ntitle = \"o\"\nbase = \"none\"\n[times]\n"));
    assertEquals(
        List.of(
            "own.toml:3:1: unknown base none; known: cn-aq1029-face, cn-aq1029-heading,"
                + " demo-heading"),
        told());
    complaints.clear();
    assertEquals(
        Optional.empty(), read("name = \"o\"\ntitle = \"o\"\nbase = \"demo-heading\"\n[times]\n"));
    assertEquals(
        List.of("davy/profiles/demo-heading.toml:7:1: a base may not have a base itself"), told());
  }

  @Test
  void aRowWhoseLimitsContradictEachOtherIsRefused() {
    String heading = shelf.find("cn-aq1029-heading").orElseThrow().text();
    assertEquals(Optional.empty(), read(heading.replaceFirst("tripAt = 1.50", "tripAt = 0.99")));
    assertEquals(Optional.empty(), read(heading.replaceFirst("tripAt = 1.50\n", "")));
    assertEquals(Optional.empty(), read(heading.replace("role = \"T2\"", "role = \"T1\"")));
    assertEquals(
        List.of(
            "own.toml:24:1: wanted: alarmAt ≤ tripAt and restoreBelow ≤ tripAt",
            "own.toml:24:1: tripAt and restoreBelow stand together or not at all",
            "own.toml:1:1: two rows for the role T1"),
        told());
  }

  private List<String> told() {
    return complaints.stream().map(Complaint::toString).toList();
  }

  private Optional<Profile> read(String text) {
    return ProfileFile.read(shelf, new Shelf.Text("own.toml", text), complaints);
  }

  private Profile builtIn(String name) {
    Optional<Profile> profile = ProfileFile.read(shelf, shelf.find(name).orElseThrow(), complaints);
    assertEquals(List.of(), complaints);
    return profile.orElseThrow();
  }
}
