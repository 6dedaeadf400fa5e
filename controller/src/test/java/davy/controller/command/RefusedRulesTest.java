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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Sites that break a safety rule: {@code davy check} ends with 78 and names the rule's breach. */
final class RefusedRulesTest {

  private static final Path SITES = Path.of("../deploy/sites");
  private static final int REFUSED = 78;
  private static final String COIL = "{ device = \"relays\", coil = 0, pulseMillis = 1000 }";
  private static final String T1 = "role = \"T1\"";

  @TempDir private Path folder;
  private String heading;

  private record Breach(String rule, String old, String changed, String told) {}

  private static final List<Breach> DEAD_MAN =
      List.of(
          new Breach(
              "S6 a GPIO level",
              COIL,
              "{ chip = \"pinctrl-bcm2711\", line = 17, active = \"high\" }",
              "cut by a GPIO level"),
          new Breach(
              "S6 a plain coil", COIL, "{ device = \"relays\", coil = 0 }", "has no dead-man"),
          new Breach("S6 a re-trigger nobody has shown", "pulseProven", "#", "pulseProven"));

  private static final List<Breach> PULSES =
      List.of(
          pulse("S11 not in steps of 100 ms", 950, "a multiple of 100, at most 1000"),
          pulse("S11 above 1.0 s", 1100, "a multiple of 100, at most 1000"),
          pulse("S11 shorter than three gaps", 100, "shorter than three times the worst gap"),
          new Breach(
              "S11 pulse and drop-out beyond the limit",
              "dropOutMillis = 200",
              "dropOutMillis = 1300",
              "loses power only 2300 ms after Davy or its line dies"),
          new Breach("S11 a board without its record", "pulseProven", "#", "a repeat extends"));

  private static final List<Breach> AGES =
      List.of(
          new Breach("S19 below the worst gap", T1, age(60), "is below the worst gap"),
          new Breach("S19 age beyond the limit", T1, age(1990), "could cut Z1 only after"),
          new Breach(
              "S19 S20 a line too slow", "baud = 9600", "baud = 1200", "line methane is too"));

  private static final List<Breach> RELEASES =
      List.of(
          new Breach(
              "S23 automatic with a contactor",
              "closing = \"by-hand\"",
              "closing = \"by-contactor\"",
              "a contactor would energise by itself"),
          new Breach("laxer trip", T1, T1 + "\ntripAt = 1.51", "tripAt 1.51 is laxer than"),
          new Breach(
              "laxer restore", T1, T1 + "\nrestoreBelow = 1.01", "restoreBelow 1.01 is laxer"));

  private static Breach pulse(String rule, int millis, String told) {
    return new Breach(rule, "pulseMillis = 1000", "pulseMillis = " + millis, told);
  }

  private static String age(int millis) {
    return T1 + "\nageLimitMillis = " + millis;
  }

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectory(folder.resolve("maps"));
    Files.copy(SITES.resolve("maps/laser-head.toml"), folder.resolve("maps/laser-head.toml"));
    heading = Files.readString(SITES.resolve("heading.toml"));
  }

  @TestFactory
  Stream<DynamicTest> aZoneWithoutADeadManIsRefused() {
    return refused(DEAD_MAN);
  }

  @TestFactory
  Stream<DynamicTest> aPulseThatIsNoDeadManIsRefused() {
    return refused(PULSES);
  }

  @TestFactory
  Stream<DynamicTest> anAgeLimitOrALineThatCannotKeepTheLimitIsRefused() {
    return refused(AGES);
  }

  @TestFactory
  Stream<DynamicTest> aReleaseOrALimitLaxerThanTheProfileIsRefused() {
    return refused(RELEASES);
  }

  @Test
  void aBenchIsExemptFromTheDeadManAlone() throws IOException {
    heading = heading.replace("[site]", "[site]\nbench = true");
    for (Breach breach : DEAD_MAN) {
      assertEquals(0, check(breach, new StringWriter()), breach.rule());
    }
    for (Breach breach : AGES) {
      assertEquals(REFUSED, check(breach, new StringWriter()), breach.rule());
    }
  }

  private Stream<DynamicTest> refused(List<Breach> breaches) {
    return breaches.stream().map(breach -> dynamicTest(breach.rule(), () -> judge(breach)));
  }

  private void judge(Breach breach) throws IOException {
    StringWriter told = new StringWriter();
    assertEquals(REFUSED, check(breach, told), breach.rule());
    assertTrue(told.toString().contains(breach.told()), told.toString());
  }

  private int check(Breach breach, StringWriter told) throws IOException {
    assertTrue(heading.contains(breach.old()), breach.rule());
    Path site = folder.resolve("site.toml");
    Files.writeString(site, heading.replace(breach.old(), breach.changed()));
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return CommandMain.run(nowhere, new PrintWriter(told, true), "check", site.toString());
  }
}
