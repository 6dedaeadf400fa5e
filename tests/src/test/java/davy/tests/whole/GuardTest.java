package davy.tests.whole;

import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.guard.GuardCause;
import davy.bridge.guard.GuardImage;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGuard;
import davy.controller.event.EventCode;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Decision;
import davy.controller.journal.Entry;
import davy.hal.signal.GuardState;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example heading with a guard in series with its breakers, in simulated time. */
final class GuardTest {

  /** From the last scan to the master relays' contacts open. */
  private static final long DROP = 500 * MILLI;

  private static final long HOLD = 60 * SECOND;

  @TempDir private Path folder;

  private SimStation running() throws IOException {
    String text =
        Files.readString(Face.HEADING)
            .replaceFirst("(?m)^\\[supplies\\]$", "[supplies]\nguard = \"substation-ups\"")
            .replaceFirst(
                "(?m)^\\[broker\\]$", "[guard]\nport = \"/dev/serial/by-id/guard\"\n\n[broker]");
    Path maps = folder.resolve("maps");
    Files.createDirectories(maps);
    Path map = maps.resolve("laser-head.toml");
    if (!Files.exists(map)) {
      Files.copy(Face.HEADING.resolveSibling("maps").resolve("laser-head.toml"), map);
    }
    return Face.running(Face.site(Files.writeString(folder.resolve("site.toml"), text)));
  }

  private static SimGuard guard(SimStation station) {
    return station.guard.orElseThrow();
  }

  private static GuardImage image(SimStation station) {
    return station.snapshot().guard().orElseThrow();
  }

  private static long dropOut(SimStation station) {
    return station.site.zones().getFirst().dropOutMillis() * MILLI;
  }

  private static Decision.ZoneView zone(SimStation station) {
    return station.snapshot().decision().zones().getFirst();
  }

  @Test
  void aGuardWithoutPowerOrScansIsADeadZoneAndPowerComesBackOnlyAfterTheWholeHold()
      throws IOException {
    SimStation station = running();
    guard(station).powerOff();
    long dead = timeToDead(station);
    assertTrue(dead <= SimGuard.RELAY_NANOS + dropOut(station) + 5 * MILLI, dead + " ns");
    station.run(SECOND);
    assertEquals(GuardState.LOST, image(station).state());
    assertEquals(
        "the guard is silent", told(station, EventCode.GUARD_SILENT).fields().get("trouble"));
    assertTrue(zone(station).active().has(Cause.GUARD_LOST));
    assertEquals(Permit.WITHHELD, station.permit(0));

    guard(station).reset(GuardCause.POWER_UP);
    station.run(2 * SECOND);
    assertEquals(GuardState.ARMED, image(station).state());
    assertEquals("POWER_UP", told(station, EventCode.GUARD_ARMED).fields().get("lastDrop"));
    assertFalse(zone(station).active().has(Cause.GUARD_LOST));
    assertTrue(zone(station).active().has(Cause.STARTUP), "the hold runs in full again");
    station.run(HOLD - 3 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertFalse(station.breakers.getFirst().closeByHand(station.clock.now()));
    assertFalse(station.live(0));
    Face.awaitPower(station);
    withoutScans(station);
  }

  /** The journal's newest record of a kind. */
  private static Entry told(SimStation station, EventCode code) {
    return station.entries.stream()
        .filter(entry -> entry.code() == code)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static void withoutScans(SimStation station) {
    station.scanning = false;
    long dead = timeToDead(station);
    System.out.printf("without scans: dead after %d ms%n", dead / MILLI);
    assertTrue(dead <= DROP + dropOut(station), dead + " ns");
    assertFalse(guard(station).energised(station.clock.now()));
    station.run(2 * SECOND);
    station.scanning = true;
    station.run(3 * SECOND);
    assertEquals(GuardCause.TOO_LATE, image(station).latest().getFirst());
    Entry dropped = told(station, EventCode.GUARD_DROPPED);
    assertEquals("TOO_LATE", dropped.fields().get("lastDrop"));
    assertTrue((int) dropped.fields().get("dropMillis") <= DROP / MILLI, dropped.toString());
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertFalse(station.live(0));
  }

  @Test
  void aBoardThatDoesNotAnswerAWithheldPermitLosesTheGuardsAnswers() throws IOException {
    SimStation station = running();
    station.slaves.get("relays").fault(SimFault.SILENT);
    station.measure("head-t1", 160);
    boolean dropped =
        station.runUntil(() -> !guard(station).energised(station.clock.now()), 2 * SECOND);
    assertTrue(dropped, "the guard still holds its relays");
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertTrue(zone(station).active().has(Cause.OUTPUT_FAULT));
    station.run(SECOND);
    assertFalse(station.live(0));
    assertEquals(GuardCause.TOO_LATE, image(station).latest().getFirst());
  }

  /** What an answer on the wire says: {@code guard_frame.h}. */
  private record Answer(int image, int ageMillis, boolean grantsNothing) {
    private static Optional<Answer> of(byte[] frame) {
      ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
      return frame.length > 33 && frame[2] == 2
          ? Optional.of(new Answer(in.getInt(12), in.getShort(16) & 0xFFFF, (in.get(18) & 2) != 0))
          : Optional.empty();
    }
  }

  @Test
  void answersCarryTheAgeOfWhatAGrantLeansOnAndADeadHeadNeverDropsTheGuard() throws IOException {
    SimStation station = running();
    List<Answer> answers = new ArrayList<>();
    guard(station)
        .disturb(
            bytes -> {
              Answer.of(bytes).ifPresent(answers::add);
              return bytes;
            },
            bytes -> bytes);
    station.run(5 * SECOND);
    assertTrue(answers.size() > 50, answers.size() + " answers");
    int healthy = answers.stream().mapToInt(Answer::ageMillis).max().orElseThrow();
    assertTrue(answers.stream().noneMatch(Answer::grantsNothing));
    assertTrue(answers.stream().allMatch(answer -> answer.image() != 0), "read back energised");

    answers.clear();
    long drops = image(station).status().orElseThrow().drops();
    station.slaves.get("head-t1").fault(SimFault.SILENT);
    timeToDead(station);
    station.run(3 * SECOND);
    int oldest = answers.stream().mapToInt(Answer::ageMillis).max().orElseThrow();
    System.out.printf("oldest age told: healthy %d ms, one head dead %d ms%n", healthy, oldest);
    assertTrue(oldest > healthy + 200, oldest + " ms");
    Answer last = answers.getLast();
    assertTrue(last.grantsNothing() && last.ageMillis() == 0, last.toString());
    assertEquals(0, last.image(), "read back open");
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertEquals(GuardState.ARMED, image(station).state());
    assertEquals(drops, image(station).status().orElseThrow().drops());
  }
}
