package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.firstCause;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimFault;
import davy.controller.config.Site;
import davy.controller.interlock.Bypass;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named person's timed inhibit of one of two heads of a place, from the wire to the breaker. */
final class InhibitTest {

  private static final long MINUTE = 60 * SECOND;

  private static final String SITE =
      """
      [site]
      name = "longwall-7"
      title = "Longwall 7"
      mine = "410403004688"
      station = "00007"
      profile = "au-qld"
      maps = ["maps/laser-head.toml"]

      [[line]]
      name = "methane"
      port = "/dev/serial/by-id/methane"
      baud = 9600
      format = "8N1"

      [[line]]
      name = "power"
      port = "/dev/serial/by-id/power"
      baud = 38400
      format = "8N1"

      [[device]]
      name = "head-t1"
      line = "methane"
      address = 1
      map = "laser-head"

      [[device]]
      name = "head-t2"
      line = "methane"
      address = 2
      map = "laser-head"

      [[device]]
      name = "inputs"
      line = "power"
      address = 1
      map = "digital-inputs"
      parameters = { turnaroundMaxMillis = 30, lateReplyMillis = 100 }

      [[device]]
      name = "relays"
      line = "power"
      address = 2
      map = "relay-waveshare"
      parameters = { turnaroundMaxMillis = 30, lateReplyMillis = 100 }
      pulseProven = { board = "1", date = 2026-01-01 }

      [[point]]
      name = "M1"
      place = "shearer"
      role = "shearer-machine"
      device = "head-t1"
      channel = "methane"
      headKind = "laser"

      [[point]]
      name = "M2"
      place = "shearer"
      role = "shearer-machine"
      device = "head-t2"
      channel = "methane"
      headKind = "laser"

      [[group]]
      name = "G1"
      points = ["M1", "M2"]
      voting = "1oo2"

      [[zone]]
      name = "Z1"
      groups = ["G1"]
      output = { device = "relays", coil = 0, pulseMillis = 1000 }
      feed = { device = "inputs", channel = "input-1", live = "closed" }
      closing = "by-hand"
      release = "automatic"
      dropOutMillis = 200

      [bypass]
      inhibit = true

      [consentKey]
      device = "inputs"
      channel = "input-2"
      pressed = "closed"

      [supplies]
      outside = ["ups"]
      interlock = "ups"
      heads = "ups"
      contacts = "ups"
      """;

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void write() throws IOException {
    Path map = Path.of("maps/laser-head.toml");
    Files.createDirectories(folder.resolve("maps"));
    Files.copy(Face.HEADING.resolveSibling(map), folder.resolve(map));
    site = Face.site(Files.writeString(folder.resolve("site.toml"), SITE));
  }

  private static List<Bypass> register(SimStation station) {
    return station.snapshot().decision().bypasses();
  }

  /** A person asks for it, then turns the key. */
  private static void inhibit(SimStation station, long minutes) {
    station.requests.add(
        new Request.Inhibit(1, 0, "li", Optional.empty(), "being changed", minutes * MINUTE));
    station.run(SECOND);
    station.key(true);
    station.run(SECOND);
    station.key(false);
    station.run(SECOND);
  }

  private SimStation inhibited(long minutes) throws IOException {
    SimStation station = Face.running(site);
    inhibit(station, minutes);
    assertEquals(1, register(station).size(), "granted");
    return station;
  }

  @Test
  void aGrantedInhibitKeepsPowerOverItsDeadHeadUntilItsTimeIsOver() throws IOException {
    SimStation station = inhibited(5);
    long left = register(station).getFirst().remainingNanos();
    assertTrue(left > 4 * MINUTE && left <= 5 * MINUTE, "counted down: " + left);
    station.slaves.get("head-t1").fault(SimFault.SILENT);
    station.run(left - SECOND);
    assertTrue(station.live(0), "its own head is silent all the while");
    assertTrue(timeToDead(station) <= SECOND + LEGAL_LIMIT);
    assertEquals(Cause.SENSOR_STALE, firstCause(station));
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertEquals(List.of(), register(station));
  }

  @Test
  void itEndsAtOnceWithThePowerWhenTheCoveringHeadFallsSilentOrReachesItsAlarmLevel()
      throws IOException {
    for (boolean silent : List.of(true, false)) {
      SimStation station = inhibited(5);
      station.slaves.get("head-t1").fault(SimFault.SILENT);
      station.run(10 * SECOND);
      assertTrue(station.live(0));
      if (silent) {
        station.slaves.get("head-t2").fault(SimFault.SILENT);
      } else {
        station.measure("head-t2", 100);
      }
      assertTrue(timeToDead(station) <= LEGAL_LIMIT, "silent: " + silent);
      assertEquals(List.of(), register(station));
      station.measure("head-t2", 30);
      station.run(SECOND);
      assertEquals(Permit.WITHHELD, station.permit(0));
    }
  }

  @Test
  void aRestartEndsItAndGivesTheHeadNoNewShift() throws IOException {
    SimStation station = inhibited(30);
    Saved saved = station.latches.orElseThrow();
    assertEquals(30 * MINUTE, saved.inhibited().getFirst().usedNanos(), "all that was granted");
    SimStation after = new SimStation(site, saved);
    after.slaves.get("head-t1").fault(SimFault.SILENT);
    after.run(90 * SECOND);
    assertEquals(Permit.WITHHELD, after.permit(0), "the inhibit is over");
    after.slaves.get("head-t1").fault(SimFault.NONE);
    Face.awaitPower(after);
    inhibit(after, 1);
    assertEquals(List.of(), register(after), "the pause begins anew");
    after.run(30 * MINUTE);
    inhibit(after, 30);
    assertEquals(1, register(after).size(), "the rest of the shift");
    long used = after.latches.orElseThrow().inhibited().getFirst().usedNanos();
    assertEquals(60 * MINUTE, used, "and no more");
  }
}
