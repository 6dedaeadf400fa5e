package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Stricter than the profile is accepted, laxer is refused, one step either side of each limit. */
final class LaxerTest {

  @TempDir private Path folder;

  /**
   * @param at the line of the good site that the key follows
   * @param equal the profile's own figure
   */
  private record Limit(
      String what, String at, String key, String stricter, String equal, String laxer) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit("T1 alarm", "role = \"T1\"", "alarmAt", "0.99", "1.00", "1.01"),
          new Limit("T1 trip", "role = \"T1\"", "tripAt", "1.49", "1.50", "1.51"),
          new Limit("T1 restore", "role = \"T1\"", "restoreBelow", "0.99", "1.00", "1.01"),
          new Limit("T2 trip", "role = \"T2\"", "tripAt", "1.00", "1.0", "1.01"),
          new Limit("T2 restore", "role = \"T2\"", "restoreBelow", "0.99", "1.00", "1.01"),
          new Limit("CO alarm", "channel = \"co\"", "alarmAt", "23", "24", "25"),
          new Limit("stable time", "closing = \"by-hand\"", "stableSeconds", "61", "60", "59"));

  @TestFactory
  Stream<DynamicTest> everyLimitMayOnlyBeStricter() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    return LIMITS.stream().map(limit -> dynamicTest(limit.what(), () -> judge(fixture, limit)));
  }

  private static void judge(SiteFixture fixture, Limit limit) {
    for (String good : List.of(limit.stricter(), limit.equal())) {
      SiteFixture.accepted(fixture.with(limit.at(), after(limit, good)));
    }
    List<String> told = fixture.told(fixture.with(limit.at(), after(limit, limit.laxer())));
    String wanted = limit.key() + " " + limit.laxer() + " is laxer than cn-aq1029-heading ";
    assertTrue(told.getFirst().contains(wanted), told.toString());
  }

  private static String after(Limit limit, String figure) {
    return limit.at() + "\n" + limit.key() + " = " + figure;
  }

  @Test
  void aLowAirSpeedIsTheDangerSoHigherIsStricter() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    String wind = "channel = \"wind\"\nalarmAt = ";
    for (String good : List.of("0.26", "0.25")) {
      SiteFixture.accepted(fixture.with("channel = \"co\"", wind + good));
    }
    assertEquals(
        List.of(
            "site.toml:68:1: alarmAt 0.24 is laxer than cn-aq1029-heading allows: at least 0.25"
                + " m/s"),
        fixture.told(fixture.with("channel = \"co\"", wind + "0.24")));
  }

  @Test
  void anAdditionalHeadMayNotBeLaxerThanTheLaxestRow() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    String extra =
        fixture
            .good()
            .replace("points = [\"T1\", \"T2\"]", "points = [\"T1\", \"T2\", \"extra\"]")
            .replace(
                "[[zone]]",
                """
                [[point]]
                name = "extra"
                device = "spare"
                channel = "methane"
                alarmAt = %s
                tripAt = %s
                restoreBelow = %s
                [[zone]]\
                """);
    SiteFixture.accepted(fixture.read(extra.formatted("1.00", "1.50", "1.00")));
    assertEquals(
        List.of(
            "site.toml:73:1: alarmAt 1.01 is laxer than cn-aq1029-heading anywhere allows: at most"
                + " 1.00 %CH4",
            "site.toml:74:1: tripAt 1.51 is laxer than cn-aq1029-heading anywhere allows: at most"
                + " 1.50 %CH4",
            "site.toml:75:1: restoreBelow 1.01 is laxer than cn-aq1029-heading anywhere allows: at"
                + " most 1.00 %CH4"),
        fixture.told(fixture.read(extra.formatted("1.01", "1.51", "1.01"))));
  }

  @Test
  void anAgeLimitStandsBetweenTheWorstGapAndTheProfilesLimit() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    List<Latency.Route> routes =
        Latency.of(site).routes(site).stream()
            .filter(route -> route.input().name().equals("T1"))
            .toList();
    assertEquals(List.of(0, 1, 2), routes.stream().map(Latency.Route::dead).toList());
    long least =
        routes.stream().mapToLong(r -> (r.gapNanos() + 999_999) / 1_000_000).max().orElseThrow();
    long most =
        routes.stream()
            .mapToLong(route -> route.ageLimitRoom(2_000_000_000L) / 1_000_000)
            .min()
            .orElseThrow();
    assertTrue(least < most, least + " to " + most);
    SiteFixture.accepted(fixture.with("role = \"T1\"", age(least)));
    SiteFixture.accepted(fixture.with("role = \"T1\"", age(most)));
    assertTrue(told(fixture, least - 1).contains("is below the worst gap"));
    assertTrue(told(fixture, most + 1).contains("is too long"));
  }

  private static String told(SiteFixture fixture, long millis) {
    return String.join("\n", fixture.told(fixture.with("role = \"T1\"", age(millis))));
  }

  private static String age(long millis) {
    return "role = \"T1\"\nageLimitMillis = " + millis;
  }

  @Test
  void anAgeLimitThatNobodyStatesFitsBetweenBoth() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    for (int dropOut = 100; dropOut <= 1200; dropOut += 100) {
      Site site =
          SiteFixture.accepted(fixture.with("dropOutMillis = 200", "dropOutMillis = " + dropOut));
      for (Latency.Route route : Latency.of(site).routes(site)) {
        assertTrue(route.worstNanos() <= 2_000_000_000L, route.toString());
        assertTrue(route.ageLimitNanos() >= route.gapNanos(), route.toString());
      }
    }
  }

  @Test
  void pulseAndDropOutTogetherStandWithinTheLimit() throws IOException {
    SiteFixture fixture = new SiteFixture(folder);
    SiteFixture.accepted(fixture.with("dropOutMillis = 200", "dropOutMillis = 1200"));
    assertEquals(
        1, fixture.told(fixture.with("dropOutMillis = 200", "dropOutMillis = 1201")).size());
  }
}
