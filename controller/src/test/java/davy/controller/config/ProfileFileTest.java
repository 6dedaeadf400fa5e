package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Profile.FanDuty;
import davy.controller.config.Profile.Row;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    assertEquals(new Methane(-10), heading.methane(ProfileKey.DRIFT_AT));
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
      profile.alarms().forEach(alarm -> assertFalse(alarm.source().isBlank(), name));
      for (ProfileKey key : ProfileKey.values()) {
        assertTrue(profile.has(key) || !key.section().required(), name + " " + key);
      }
      profile
          .figures()
          .forEach((key, figure) -> assertFalse(figure.source().isBlank(), name + " " + key));
    }
  }

  @Test
  void theDemoDiffersFromTheHeadingInItsNamedTimesOnly() {
    Profile heading = builtIn("cn-aq1029-heading");
    Profile demo = builtIn("demo-heading");
    assertTrue(demo.demo());
    assertEquals(3000, demo.startHoldMillis());
    assertEquals(3000, demo.stableMillis());
    assertEquals(2000, demo.figure(ProfileKey.GOOD_MILLIS));
    assertEquals(1000, demo.figure(ProfileKey.READ_BACK));
    assertEquals(
        List.of(
            ProfileKey.START_HOLD,
            ProfileKey.STABLE,
            ProfileKey.GOOD_MILLIS,
            ProfileKey.READ_BACK,
            ProfileKey.OUTPUT_ON,
            ProfileKey.DEGAS,
            ProfileKey.NORMAL),
        heading.figures().keySet().stream()
            .filter(key -> heading.figure(key) != demo.figure(key))
            .toList());
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
            "own.toml:3:1: unknown base none; known: au-qld, cn-aq1029-face-high,"
                + " cn-aq1029-face-low, cn-aq1029-face-outburst, cn-aq1029-heading,"
                + " cn-aq1029-series, demo-heading, us-30cfr75"),
        told());
    complaints.clear();
    assertEquals(
        Optional.empty(), read("name = \"o\"\ntitle = \"o\"\nbase = \"demo-heading\"\n[times]\n"));
    assertEquals(
        List.of("davy/profiles/demo-heading.toml:7:1: a base may not have a base itself"), told());
  }

  /** S18: the schema says which direction is stricter, and one step the other way is refused. */
  @Test
  void everyFigureMayOnlyMoveInTheDirectionThatItsSchemaCallsStricter() {
    Profile base = builtIn("cn-aq1029-heading");
    for (ProfileKey key : base.figures().keySet()) {
      int equal = base.figure(key);
      assertEquals(List.of(), changed(key, equal), key.path());
      for (int step : List.of(equal - 1, equal + 1)) {
        boolean inRange = step >= key.least() && step <= key.most();
        boolean stricter =
            switch (key.stricter()) {
              case LOWER -> step < equal;
              case HIGHER -> step > equal;
              case NEITHER -> false;
            };
        if (inRange) {
          List<String> laxer =
              List.of("own.toml:5:1: " + key.key() + " is laxer than in cn-aq1029-heading");
          assertEquals(stricter ? List.of() : laxer, changed(key, step), key.path());
        }
      }
    }
  }

  /** What is told of a profile that derives from the heading with one figure of its own. */
  private List<String> changed(ProfileKey key, int value) {
    complaints.clear();
    String figure =
        key.flag()
            ? Boolean.toString(value == 1)
            : BigDecimal.valueOf(value, key.decimals()).toPlainString();
    read(
        """
        name = "own"
        title = "own"
        base = "cn-aq1029-heading"
        [%s]
        %s = { value = %s, source = "x", mark = "J" }
        """
            .formatted(key.section().table(), key.key(), figure));
    return told();
  }

  @Test
  void aDerivedProfileAddsNeitherARoleNorASectionThatWouldMakeItLaxer() {
    String head = "name = \"own\"\ntitle = \"own\"\nbase = \"cn-aq1029-heading\"\n";
    String figure = " = { value = 1800000, source = \"x\", mark = \"J\" }\n";
    read(head + "[inhibit]\nlongestMillis" + figure);
    String row =
        """
        [[row]]
        role = "%s"
        title = "x"
        area = "x"
        alarmAt = 1.00
        tripAt = %s
        restoreBelow = 1.00
        required = %s
        fan = "gas"
        source = "x"
        mark = "J"
        """;
    read(head + row.formatted("T9", "1.50", "true"));
    read(head + row.formatted("T1", "1.51", "true"));
    read(head + row.formatted("T1", "1.50", "false"));
    read(head + row.formatted("T1", "1.50", "true").replace("gas", "intake"));
    read(head + row.formatted("T1", "1.50", "true") + "twoOfThree = true\n");
    assertEquals(
        List.of(
            "own.toml:5:1: cn-aq1029-heading has no [inhibit]",
            "own.toml:5:1: cn-aq1029-heading has no role T9",
            "own.toml:9:1: tripAt is laxer than in cn-aq1029-heading",
            "own.toml:11:1: the row is laxer than in cn-aq1029-heading",
            "own.toml:12:1: fan must be as in cn-aq1029-heading",
            "own.toml:15:1: the row is laxer than in cn-aq1029-heading"),
        told());
    complaints.clear();
    Profile own = read(head + row.formatted("T1", "1.40", "true")).orElseThrow();
    assertEquals(List.of(), told());
    assertEquals(Optional.of(new Methane(140)), own.row("T1").orElseThrow().tripAt());
    assertEquals(4, own.rows().size(), "the other rows are the base's");
  }

  @Test
  void aFanHasTheLimitsOfTheStandard() {
    Profile heading = builtIn("cn-aq1029-heading");
    assertEquals(new Methane(300), heading.methane(ProfileKey.LOCK_ABOVE));
    assertEquals(new Methane(150), heading.methane(ProfileKey.LOCK_OPENS_BELOW));
    assertEquals(new Methane(150), heading.methane(ProfileKey.STOP_AT));
    assertEquals(new Methane(50), heading.methane(ProfileKey.STOP_RESTORE_BELOW));
    assertEquals(FanDuty.GAS, heading.row("T1").orElseThrow().fan());
    assertEquals(FanDuty.GAS, heading.row("T2").orElseThrow().fan());
    assertEquals(FanDuty.INTAKE, heading.row("T3").orElseThrow().fan());
    Profile series = builtIn("cn-aq1029-series");
    assertTrue(series.row("T3").orElseThrow().required());
    assertEquals(Optional.of(new Methane(50)), series.row("T3").orElseThrow().tripAt());
    assertEquals(heading.figures(), series.figures());
    String text = shelf.find("cn-aq1029-heading").orElseThrow().text();
    read(text.replace("lockOpensBelow = { value = 1.50", "lockOpensBelow = { value = 3.01"));
    assertTrue(told().getFirst().endsWith("fan.lockOpensBelow is above fan.lockAbove"));
  }

  @Test
  void theFaceIsStricterTheMoreGasTheMineHas() {
    Profile low = builtIn("cn-aq1029-face-low");
    assertEquals(List.of("T0", "T1", "T2"), required(low));
    for (String role : List.of("T0", "T1", "T5", "shearer")) {
      assertEquals(Optional.of(new Methane(150)), low.row(role).orElseThrow().tripAt(), role);
    }
    for (String role : List.of("T2", "T6", "mid-return")) {
      assertEquals(Optional.of(new Methane(100)), low.row(role).orElseThrow().tripAt(), role);
    }
    for (String role : List.of("T3", "T4")) {
      assertEquals(Optional.of(new Methane(50)), low.row(role).orElseThrow().tripAt(), role);
    }
    for (String name : List.of("cn-aq1029-face-high", "cn-aq1029-face-outburst")) {
      assertEquals(List.of("T0", "T1", "T2", "T3"), required(builtIn(name)), name);
    }
    assertFalse(low.row("T1").orElseThrow().area().contains("进"));
    assertTrue(builtIn("cn-aq1029-face-outburst").row("T1").orElseThrow().area().contains("进"));
    assertFalse(low.knowsFans());
  }

  private static List<String> required(Profile profile) {
    return profile.rows().stream().filter(Row::required).map(Row::role).toList();
  }

  @Test
  void chineseProfilesKnowNoInhibitAndOneFailedHeadCuts() {
    for (String name : shelf.names()) {
      Profile profile = builtIn(name);
      assertTrue(profile.flag(ProfileKey.SINGLE_FAULT_CUTS), name);
      assertFalse(profile.reviewed(), name);
      if (!name.equals("au-qld")) {
        assertFalse(profile.knowsInhibits(), name);
      }
    }
  }

  @Test
  void otherCountriesTripWhereTheirRulesSay() {
    Profile us = builtIn("us-30cfr75");
    assertEquals(Optional.of(new Methane(200)), us.row("machine").orElseThrow().tripAt());
    assertEquals(Optional.of(new Methane(100)), us.row("working-place").orElseThrow().tripAt());
    assertEquals(Optional.of(new Methane(150)), us.row("return").orElseThrow().tripAt());
    assertEquals(Optional.empty(), us.row("bleeder").orElseThrow().tripAt());
    Profile qld = builtIn("au-qld");
    assertEquals(Optional.of(new Methane(125)), qld.row("shearer-cutters").orElseThrow().tripAt());
    assertEquals(Optional.of(new Methane(50)), qld.row("non-ex").orElseThrow().tripAt());
    assertEquals(Optional.of(new Methane(200)), qld.row("longwall-return").orElseThrow().tripAt());
  }

  @Test
  void theDocumentTellsRangeAndStricterDirectionOfEveryFigure() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../deploy/docs/profiles.md"));
    for (ProfileKey key : ProfileKey.values()) {
      String range =
          key.flag()
              ? "true or false"
              : BigDecimal.valueOf(key.least(), key.decimals()).toPlainString()
                  + " to "
                  + BigDecimal.valueOf(key.most(), key.decimals()).toPlainString();
      String stricter = key.flag() ? "true" : key.stricter().name().toLowerCase(Locale.ROOT);
      String row = "| `%s` | %s | %s | ".formatted(key.path(), range, stricter);
      assertTrue(lines.stream().anyMatch(line -> line.startsWith(row)), "wanted: " + row);
    }
    for (String name : shelf.names()) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("| `" + name + "` |")), name);
    }
  }

  @Test
  void aRowWhoseLimitsContradictEachOtherIsRefused() {
    String heading = shelf.find("cn-aq1029-heading").orElseThrow().text();
    assertEquals(Optional.empty(), read(heading.replaceFirst("tripAt = 1.50", "tripAt = 0.99")));
    assertEquals(Optional.empty(), read(heading.replaceFirst("tripAt = 1.50\n", "")));
    assertEquals(Optional.empty(), read(heading.replace("role = \"T2\"", "role = \"T1\"")));
    assertEquals(
        List.of(
            "own.toml:87:1: wanted: alarmAt ≤ tripAt and restoreBelow ≤ tripAt",
            "own.toml:87:1: tripAt and restoreBelow stand together or not at all",
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
