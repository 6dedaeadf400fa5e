package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Voting;
import davy.hal.signal.Methane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A heading ventilated in series: fan, voting group, a zone behind another. */
final class SeriesSiteTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;
  private SiteFixture fixture;

  @BeforeEach
  void copy() throws IOException {
    fixture = new SiteFixture(folder, "series.toml");
  }

  @TestFactory
  Stream<DynamicTest> everyKindOfComplaintIsToldAtItsPlace() throws IOException {
    return ComplaintCases.of("series-complaints.txt", fixture);
  }

  @Test
  void theInterlockKnowsTheFanWithTheProfilesLimits() {
    Plan plan = SiteFixture.accepted(fixture.read(fixture.good())).plan();
    Plan.Fan fan = plan.fans().getFirst();
    assertEquals("F1", fan.name());
    assertEquals(2, fan.machines());
    assertEquals(List.of(0, 1), fan.zones());
    assertEquals(List.of(0, 1), fan.gas(), "T1 and T2");
    assertEquals(List.of(2), fan.intake(), "T3");
    assertEquals(400, fan.flow().orElseThrow().lowBelow());
    assertEquals(
        new Plan.FanLimits(
            0,
            new Methane(300),
            new Methane(150),
            new Methane(150),
            new Methane(50),
            3,
            2 * SECOND,
            new Methane(50),
            60 * SECOND,
            new Methane(100),
            1800 * SECOND),
        fan.limits());
  }

  @Test
  void theInterlockKnowsGroupsUpstreamAndFeedTimes() {
    Plan plan = SiteFixture.accepted(fixture.read(fixture.good())).plan();
    Plan.Zone first = plan.zones().getFirst();
    Plan.Zone second = plan.zones().getLast();
    assertEquals(OptionalInt.empty(), first.upstream());
    assertEquals(OptionalInt.of(0), second.upstream());
    assertEquals(List.of(0, 1, 2), first.points());
    assertEquals(List.of(1, 3, 4, 5), second.points());
    Plan.Group group = second.groups().getLast();
    assertEquals(Voting.TWO_OF_THREE, group.voting());
    assertTrue(group.singleFaultCuts());
    assertEquals(Optional.of(new Methane(30)), group.differBy());
    assertTrue(first.dropOutNanos() > SECOND / 5, "breaker, line and the age of the feed");
    assertTrue(first.dropOutNanos() <= 2 * SECOND, "feed.deadMillis of the profile");
    assertEquals(3 * SECOND / 10, plan.times().readBackNanos());
    assertEquals(86_400 * SECOND, plan.times().feedUnseenNanos());
    assertEquals(2 * SECOND, plan.times().selfCloseNanos());
    assertEquals(
        new Plan.Bypasses(2, false, 1800 * SECOND, 1800 * SECOND, Optional.empty()),
        plan.bypasses());
    assertEquals(new Plan.Fitted(true, false), plan.fitted());
  }

  @Test
  void aFansOutputsAndContactsPointAtTheirSlavesAndChannels() {
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    Site.Fan fan = site.fans().getFirst();
    assertEquals(Optional.of(new Site.Output.Coil(1, 2, 0)), fan.stop());
    assertEquals(new Site.Output.Coil(1, 2, 1), fan.startLock());
    assertEquals(OptionalInt.of(6), fan.flow());
    assertEquals(
        List.of("main", "backup"), fan.machines().stream().map(Site.Machine::name).toList());
    Site.Contact.Bus feed = (Site.Contact.Bus) site.zones().getFirst().feed().orElseThrow();
    assertEquals(new Site.ChannelRef(1, 0, 0), feed.source());
    assertEquals(Optional.of(new Site.ChannelRef(1, 0, 1)), feed.antivalent());
    assertEquals(
        List.of(0, 0, 0),
        List.of(
            site.lines().get(1).plan().slaves().get(2).coils().getFirst().pulseMillis(),
            site.lines().get(1).plan().slaves().get(2).coils().getLast().pulseMillis(),
            fan.flow().getAsInt() - 6));
  }

  @Test
  void runContactsAndFlowAreInTheBudgetOfTheZonesThatTheyCut() {
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    List<Latency.Route> routes = Latency.of(site).routes(site);
    for (String input : List.of("F1 main", "F1 backup", "duct")) {
      for (int zone : List.of(0, 1)) {
        assertTrue(
            routes.stream()
                .anyMatch(route -> route.input().name().equals(input) && route.zone() == zone),
            input);
      }
    }
    for (Latency.Route route : routes) {
      assertTrue(route.worstNanos() <= 2 * SECOND, route.toString());
    }
  }

  @Test
  void aGuardInSeriesIsADeadManForLevels() {
    String levels =
        fixture.good().replace(", pulseMillis = 900", "")
            + "guard = \"ups\"\n[guard]\nport = \"/dev/serial/by-path/c\"\n";
    Site site = SiteFixture.accepted(fixture.read(levels));
    assertEquals(Optional.of(new Site.GuardLink("/dev/serial/by-path/c")), site.guard());
    assertTrue(site.plan().fitted().guard());
  }

  @Test
  void aSiteMayBeStricterInWhatPersonsExempt() {
    String text = fixture.good() + "[bypass]\natOnce = 1\ntwoPersons = true\n";
    Plan.Bypasses own = SiteFixture.accepted(fixture.read(text)).plan().bypasses();
    assertEquals(1, own.atOnce());
    assertTrue(own.twoPersons());
  }
}
