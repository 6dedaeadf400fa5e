package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Breaches of the rules of fan, supply, voting and inhibit in the example of a series heading. */
final class RefusedSeriesTest {

  private static final Path SITES = Path.of("../deploy/sites");
  private static final int REFUSED = 78;
  private static final String FAN = "zones = [\"Z1\"]";
  private static final String STOP = "stop = { device = \"fan-relays\", coil = 0 }";
  private static final String OUTSIDE = " = \"substation-ups\"";
  private static final String LAST_SUPPLY = "fanOutputs" + OUTSIDE;
  private static final String GUARD =
      "\n[guard]\nport = \"/dev/serial/by-path/guard\"\ncircuit = \"fan-line-1\"";
  private static final String ZONE_2 =
      """
      [[zone]]
      name = "%s"
      points = ["T1"]
      upstream = "%s"
      output = { device = "relays", coil = %d, pulseMillis = 1000 }
      closing = "by-hand"
      dropOutMillis = 200
      [supplies]
      """;

  @TempDir private Path folder;
  private String series;

  private record Breach(String rule, String old, String changed, String told) {}

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectory(folder.resolve("maps"));
    Files.copy(SITES.resolve("maps/laser-head.toml"), folder.resolve("maps/laser-head.toml"));
    series = Files.readString(SITES.resolve("series.toml"));
  }

  @TestFactory
  Stream<DynamicTest> aFanWithAFaultCauseOrLimitsOfItsOwnIsRefused() {
    return refused(
        List.of(
            new Breach(
                "S7 a fault cause", FAN, FAN + "\nstopOn = [\"sensor-stale\"]", "a fault may"),
            new Breach("S8 laxer", FAN, FAN + "\nstopAt = 1.51", "stopAt 1.51 is not as in"),
            new Breach("S8 stricter", FAN, FAN + "\nstopAt = 1.49", "stopAt 1.49 is not as in"),
            new Breach("S8 lock", FAN, FAN + "\nlockAbove = 2.99", "lockAbove 2.99 is not as in"),
            new Breach("S23 changeover", FAN, FAN + "\nchangeoverMillis = 1", "is laxer than")));
  }

  @TestFactory
  Stream<DynamicTest> aFansOutputThatActsWithoutUsIsRefused() {
    return refused(
        List.of(
            new Breach(
                "S7 self-dropping",
                STOP,
                "stop = { device = \"fan-relays\", coil = 0, pulseMillis = 1000 }",
                "may not drop by itself"),
            new Breach(
                "S7 S11 a self-dropping board",
                STOP,
                "stop = { device = \"relays\", coil = 7 }",
                "another board"),
            new Breach(
                "S7 a zone's output",
                STOP,
                "stop = { device = \"relays\", coil = 0 }",
                "is already used by"),
            new Breach(
                "S7 the guard's supply",
                LAST_SUPPLY,
                "fanOutputs = \"fan-line-1\"\nguard" + OUTSIDE + GUARD,
                "a fan's output may not be fed by circuit fan-line-1, which the guard cuts")));
  }

  @TestFactory
  Stream<DynamicTest> aCutThatWouldStopAFanIsRefused() {
    String fans = "\"fan-line-1\", \"fan-line-2\"] #";
    return refused(
        List.of(
            new Breach("S9 a zone", fans, "\"Z1\"] #", "may not be fed by zone Z1"),
            new Breach(
                "S9 the guard's circuit",
                LAST_SUPPLY,
                "fanOutputs" + OUTSIDE + "\nguard" + OUTSIDE + GUARD,
                "may not be fed by circuit fan-line-1, which the guard cuts")));
  }

  @TestFactory
  Stream<DynamicTest> aCutThatWouldTakeTheEyesIsRefused() {
    return refused(
        List.of(
            new Breach("S9 heads", "heads" + OUTSIDE, "heads = \"Z1\"", "power and eyes"),
            new Breach("S9 contacts", "contacts" + OUTSIDE, "contacts = \"Z1\"", "power and eyes"),
            new Breach(
                "S9 ourselves", "interlock" + OUTSIDE, "interlock = \"Z1\"", "with the zone"),
            new Breach("S9 nothing said", "[supplies]", "[supply]", "no [supplies]")));
  }

  @TestFactory
  Stream<DynamicTest> zonesFedInACircleOrTooDeepAreRefused() {
    String two = ZONE_2.formatted("Z2", "Z1", 1);
    String deep = two.replace("[supplies]\n", "") + ZONE_2.formatted("Z3", "Z2", 2);
    return refused(
        List.of(
            new Breach("S9 itself", "[supplies]\n", ZONE_2.formatted("Z2", "Z2", 1), "itself"),
            new Breach(
                "S9 too deep",
                "[supplies]\n",
                deep.replace("[supplies]\n", "") + ZONE_2.formatted("Z4", "Z3", 3),
                "is fed through 3 zones")));
  }

  @TestFactory
  Stream<DynamicTest> votingLaxerThanItsRoleAndInhibitsAreRefused() {
    String group =
        "[[group]]\nname = \"G\"\npoints = [\"T1\", \"T2\", \"T3\"]\nvoting = \"2oo3\"\n";
    return refused(
        List.of(
            new Breach("S13 2oo3", "[[zone]]", group + "[[zone]]", "2oo3 is laxer than"),
            new Breach("S13 place", "[[zone]]", group + "[[zone]]", "stand at one place"),
            new Breach(
                "S16 inhibit",
                "[supplies]",
                "[bypass]\ninhibit = true\n[supplies]",
                "no inhibit")));
  }

  @TestFactory
  Stream<DynamicTest> whatIsSeenTooLateIsRefused() {
    return refused(
        List.of(
            new Breach(
                "S10 the output",
                "parameters = { turnaroundMaxMillis = 30, lateReplyMillis = 100 }",
                "",
                "is read back open only"),
            new Breach(
                "S2 S15 the feed",
                "live = \"closed\"",
                "live = \"closed\", ageLimitMillis = 1900",
                "is seen dead only")));
  }

  private Stream<DynamicTest> refused(List<Breach> breaches) {
    return breaches.stream().map(breach -> dynamicTest(breach.rule(), () -> judge(breach)));
  }

  private void judge(Breach breach) throws IOException {
    assertTrue(series.contains(breach.old()), breach.rule());
    Path site = folder.resolve("site.toml");
    Files.writeString(site, series.replace(breach.old(), breach.changed()));
    StringWriter told = new StringWriter();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    int code = CommandMain.run(nowhere, new PrintWriter(told, true), "check", site.toString());
    assertEquals(REFUSED, code, breach.rule());
    assertTrue(told.toString().contains(breach.told()), told.toString());
  }
}
