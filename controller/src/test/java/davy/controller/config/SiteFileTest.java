package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.SiteFile.Outcome;
import davy.controller.interlock.Plan;
import davy.hal.SerialSettings;
import davy.hal.signal.Methane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class SiteFileTest {

  @TempDir private Path folder;
  private SiteFixture fixture;

  @BeforeEach
  void copy() throws IOException {
    fixture = new SiteFixture(folder);
  }

  @TestFactory
  Stream<DynamicTest> everyKindOfComplaintIsToldAtItsPlace() throws IOException {
    return ComplaintCases.of("complaints.txt", fixture);
  }

  @Test
  void aGoodSiteIsReadWithTheProfilesLimits() {
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    assertEquals("test", site.title(), "a missing title is the name");
    assertEquals(50, site.scanMillis());
    assertEquals(2, site.lines().size());
    assertEquals(SerialSettings.Format.F8N1, site.lines().getFirst().plan().settings().format());
    Plan plan = site.plan();
    assertTrue(plan.fitted().consentKey());
    Plan.Point t1 = plan.points().getFirst();
    assertEquals("T1", t1.name());
    assertEquals(new Methane(100), t1.alarmAt());
    assertEquals(new Methane(150), t1.tripAt());
    assertEquals(new Methane(100), t1.restoreBelow());
    assertTrue(t1.catalytic(), "catalytic unless the site says otherwise");
    Plan.Zone zone = plan.zones().getFirst();
    assertEquals(List.of(0, 1), zone.points());
    assertEquals(Plan.Release.MANUAL, zone.release());
    assertEquals(60_000_000_000L, zone.stableNanos());
    assertTrue(zone.feedFitted());
    Site.Point co = site.points().getLast();
    assertEquals(-1, co.interlockIndex());
    assertEquals(Optional.of(24), co.alarmAt());
    assertEquals(new Site.JournalSettings(4 << 20, 4096, 730), site.journal());
    assertEquals(new Site.PanelSettings("127.0.0.1", 8080), site.panel());
    assertEquals(Optional.empty(), site.broker());
  }

  @Test
  void devicesThatAZoneOrItsReleaseDependsOnArePolledInEveryRound() {
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    assertEquals(
        List.of("head-1", "head-2", "inputs", "relays"),
        site.lines().stream()
            .flatMap(line -> line.plan().slaves().stream())
            .filter(SlavePlan::interlock)
            .map(SlavePlan::name)
            .toList());
  }

  @Test
  void outputAndContactsPointAtTheirSlavesAndChannels() {
    Site site = SiteFixture.accepted(fixture.read(fixture.good()));
    Site.Zone zone = site.zones().getFirst();
    assertEquals(new Site.Output.Coil(1, 1, 0), zone.output());
    Site.Contact.Bus feed = assertInstanceOf(Site.Contact.Bus.class, zone.feed().orElseThrow());
    assertEquals(new Site.ChannelRef(1, 0, 0), feed.source());
    assertTrue(feed.closedIs());
    Site.Contact.Bus key =
        assertInstanceOf(Site.Contact.Bus.class, site.consentKey().orElseThrow());
    assertEquals(new Site.ChannelRef(1, 0, 1), key.source());
  }

  @Test
  void aFileThatIsNotThereOrIsNoTextIsUnreadable() throws IOException {
    assertEquals(
        new Outcome.Unreadable(new Complaint("nowhere.toml", 0, 0, "no such file")),
        SiteFile.read(Path.of("nowhere.toml")));
    Path binary = Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xFF, 0});
    assertEquals(
        new Outcome.Unreadable(new Complaint(binary.toString(), 0, 0, "not UTF-8 text")),
        SiteFile.read(binary));
  }

  @Test
  void theDigestCoversSiteProfileAndMapsInUse() throws IOException {
    String first = SiteFixture.accepted(fixture.read(fixture.good())).digest();
    assertEquals(first, SiteFixture.accepted(fixture.read(fixture.good())).digest());
    assertNotEquals(first, SiteFixture.accepted(fixture.read(fixture.good() + "# x\n")).digest());
    append("plain-relays.toml");
    assertEquals(
        first, SiteFixture.accepted(fixture.read(fixture.good())).digest(), "a map not in use");
    append("head.toml");
    assertNotEquals(first, SiteFixture.accepted(fixture.read(fixture.good())).digest());
    assertNotEquals(
        first,
        SiteFixture.accepted(fixture.with("cn-aq1029-heading", "own")).digest(),
        "a profile that derives");
  }

  private void append(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file) + "# changed\n");
  }

  @Test
  void theDemoProfileIsForPseudoTerminalsWithoutGpio() {
    String demo = fixture.good().replace("cn-aq1029-heading", "demo-heading");
    String ptys =
        demo.replace("/dev/serial/by-path/a", "/dev/pts/3")
            .replace("/dev/serial/by-path/b", "/dev/pts/4")
            .replace("pulseProven = { board = \"RB-1\", date = 2026-11-20 }\n", "");
    assertTrue(SiteFixture.accepted(fixture.read(ptys)).profile().demo());
    assertEquals(
        List.of(
            "site.toml:11:1: profile demo-heading is for pseudo-terminals only:"
                + " /dev/serial/by-path/a is none",
            "site.toml:17:1: profile demo-heading is for pseudo-terminals only:"
                + " /dev/serial/by-path/b is none"),
        fixture.told(fixture.read(demo)));
    assertEquals(
        List.of("site.toml:72:10: a demo profile allows no GPIO"),
        fixture.told(
            fixture.read(
                ptys.replace(
                    "{ device = \"inputs\", channel = \"di1\", live = \"closed\" }",
                    "{ chip = \"c\", line = 1, active = \"low\", pull = \"up\" }"))));
  }

  @Test
  void aPseudoTerminalAndABenchNeedNoCommissioningRecord() {
    String text =
        fixture.good().replace("pulseProven = { board = \"RB-1\", date = 2026-11-20 }\n", "");
    assertEquals(1, fixture.told(fixture.read(text)).size());
    SiteFixture.accepted(fixture.read(text.replace("/dev/serial/by-path/b", "/dev/pts/4")));
    SiteFixture.accepted(fixture.read(text.replace("[site]", "[site]\nbench = true")));
  }

  @Test
  void aGpioOutputIsForTheBench() {
    String text =
        fixture
            .good()
            .replace(
                "{ device = \"relays\", coil = 0, pulseMillis = 800 }",
                "{ chip = \"pinctrl-bcm2711\", line = 17, active = \"high\" }");
    assertTrue(fixture.told(fixture.read(text)).getFirst().contains("bench = true"));
    Site site = SiteFixture.accepted(fixture.read(text.replace("[site]", "[site]\nbench = true")));
    assertTrue(site.bench());
    assertInstanceOf(Site.Output.Gpio.class, site.zones().getFirst().output());
  }
}
