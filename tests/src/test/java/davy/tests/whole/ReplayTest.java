package davy.tests.whole;

import static davy.tests.whole.Face.awaitPower;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimFault;
import davy.controller.event.EventCode;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.JournalReader;
import davy.controller.replay.Replay;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running chain recorded leads today's interlock to the same decisions. */
class ReplayTest {

  private static final long SEGMENT = 1 << 20;

  private static SimStation station;

  @TempDir private Path folder;

  @BeforeAll
  static void runs() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    station = eventful(new Random(seed));
  }

  /** Writes what a station told its journal as a real journal. */
  private void write(List<Entry> entries) throws IOException {
    Journal journal = Journal.open(folder.resolve("journal"), SEGMENT, () -> new Tick(0));
    Tick now = new Tick(0);
    for (Entry entry : entries) {
      assertTrue(journal.offer(entry) > 0);
      now = now.plusMillis(1);
      journal.work(now);
    }
    journal.close();
  }

  private Replay.Report replayed(Optional<Plan> instead) throws IOException {
    try (JournalReader reader = JournalReader.open(folder.resolve("journal"))) {
      return Replay.of(reader, instead);
    }
  }

  private Replay.Run replayed(List<Entry> entries) throws IOException {
    write(entries);
    Replay.Report report = replayed(Optional.empty());
    assertEquals(1, report.runs().size());
    return report.runs().getFirst();
  }

  private static void assertSame(SimStation station, Replay.Run run) {
    assertEquals(List.of(), run.differences());
    assertEquals(List.of(), run.gaps());
    assertEquals(List.of(), run.otherStates());
    assertEquals(0, run.unjudged());
    assertEquals(0, run.cutOff());
    assertTrue(run.decisions() > 5, run.toString());
    assertEquals(station.snapshot().scans(), run.steps());
  }

  /**
   * Outburst, silence, trips from the panel, resets with the key, over-range, noise all the way.
   */
  private static SimStation eventful(Random random) throws IOException {
    SimStation station = running();
    for (int second = 0; second < 20; second++) {
      station.measure("head-t1", 39 + random.nextInt(3));
      station.measure("head-t2", 29 + random.nextInt(3));
      station.run(SECOND);
    }
    station.measure("head-t1", 150 + random.nextInt(50));
    timeToDead(station);
    station.measure("head-t1", 99);
    awaitPower(station);
    station.slaves.get("head-t2").fault(new SimFault.Silent());
    timeToDead(station);
    station.slaves.get("head-t2").fault(new SimFault.None());
    awaitPower(station);
    station.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    timeToDead(station);
    station.run(random.nextLong(20 * SECOND));
    station.requests.add(new Request.Reset(2, 0, "zhang", Optional.empty(), false));
    station.run(5 * SECOND);
    station.key(true);
    station.run(SECOND);
    station.key(false);
    assertEquals(Permit.GRANTED, station.permit(0));
    station.buses.getFirst().unplug();
    station.run(5 * SECOND);
    station.buses.getFirst().plug();
    station.run(20 * SECOND);
    station.close();
    return station;
  }

  @Test
  void everyDecisionOfAnEventfulRunIsMadeAgain() throws IOException {
    Replay.Run run = replayed(station.entries);
    assertSame(station, run);
    assertEquals(
        station.clock.now().nanosSince(new Tick(5 * SECOND)) / SECOND, run.nanos() / SECOND);
  }

  @Test
  void aRunThatBeginsWithLatchesIsMadeAgain() throws IOException {
    SimStation first = running();
    first.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    first.run(SECOND);
    SimStation second = new SimStation(first.site, first.latches.orElseThrow());
    second.measure("head-t1", 40);
    second.measure("head-t2", 30);
    second.run(100 * SECOND);
    second.requests.add(new Request.Reset(2, 0, "zhang", Optional.empty(), false));
    second.run(SECOND);
    second.key(true);
    second.run(SECOND);
    assertEquals(Permit.GRANTED, second.permit(0));
    second.close();
    List<Entry> both = new ArrayList<>(first.entries);
    both.add(new Entry(EventCode.PROCESS_STARTED, second.clock.now(), Map.of()));
    both.addAll(second.entries);
    write(both);
    Replay.Report report = replayed(Optional.empty());
    assertTrue(report.same());
    assertEquals(2, report.runs().size());
    assertSame(second, report.runs().getLast());
  }

  @Test
  void aDecisionThatWasChangedInTheJournalIsNamed() throws IOException {
    List<Entry> entries = new ArrayList<>(station.entries);
    int trip = index(entries, EventCode.ZONE_WITHHELD);
    Map<String, Object> fields = new LinkedHashMap<>(entries.get(trip).fields());
    fields.put("cause", "PANEL_TRIP");
    entries.set(trip, new Entry(EventCode.ZONE_WITHHELD, entries.get(trip).tick(), fields));
    Replay.Run run = replayed(entries);
    assertEquals(1, run.differences().size(), run.toString());
    Replay.Difference difference = run.differences().getFirst();
    assertEquals("Z1", difference.subject());
    assertEquals(entries.get(trip).tick().nanos(), difference.tick());
    assertTrue(difference.recorded().orElseThrow().contains("PANEL_TRIP"));
    assertTrue(difference.today().orElseThrow().contains("METHANE_HIGH"));
  }

  private static int index(List<Entry> entries, EventCode code) {
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index).code() == code) {
        return index;
      }
    }
    throw new AssertionError("no record " + code);
  }

  @Test
  void aDecisionThatWasTakenOutAndOneThatWasInventedAreNamed() throws IOException {
    List<Entry> entries = new ArrayList<>(station.entries);
    Entry trip = entries.remove(index(entries, EventCode.ZONE_WITHHELD));
    Tick later = trip.tick().plusNanos(SECOND);
    entries.add(
        index(entries, EventCode.TRIP_PROVEN),
        new Entry(EventCode.ZONE_GRANTED, later, Map.of("zone", "Z1", "by", "itself")));
    Replay.Run run = replayed(entries);
    assertEquals(2, run.differences().size(), run.toString());
    assertTrue(run.differences().getFirst().recorded().isEmpty());
    assertTrue(run.differences().getFirst().today().orElseThrow().startsWith("zone.withheld"));
    assertTrue(run.differences().getLast().today().isEmpty());
    assertTrue(run.differences().getLast().recorded().orElseThrow().startsWith("zone.granted"));
  }

  @Test
  void anotherRuleDecidesOtherwiseAndIsNamed() throws IOException {
    write(station.entries);
    Plan plan = station.site.plan();
    assertTrue(replayed(Optional.of(plan)).same());
    Plan.Point t1 = plan.points().getFirst();
    List<Plan.Point> points = new ArrayList<>(plan.points());
    points.set(
        0,
        new Plan.Point(
            t1.name(),
            t1.alarmAt(),
            new Methane(t1.tripAt().hundredths() + 100),
            t1.restoreBelow(),
            t1.catalytic(),
            t1.ageLimitNanos()));
    Plan laxer =
        new Plan(points, plan.zones(), plan.fans(), plan.times(), plan.bypasses(), plan.fitted());
    Replay.Report report = replayed(Optional.of(laxer));
    assertFalse(report.same());
    assertTrue(
        report.runs().getFirst().differences().stream()
            .anyMatch(
                difference -> difference.recorded().orElseThrow().startsWith("zone.withheld")));
  }

  @Test
  void whereInputsAreMissingNothingIsVouchedFor() throws IOException {
    List<Entry> entries = new ArrayList<>(station.entries);
    List<Entry> inputs =
        entries.stream().filter(entry -> entry.code() == EventCode.INPUTS).toList();
    entries.remove(inputs.get(inputs.size() / 2));
    Replay.Run run = replayed(entries);
    assertEquals(1, run.gaps().size());
    assertTrue(run.unjudged() > 0);
    long before = entries.indexOf(inputs.get(inputs.size() / 2 - 1)) + 1;
    assertTrue(run.differences().stream().allMatch(difference -> difference.seq() > before));
  }

  @Test
  void aDecisionCutOffAtTheEndIsNoDifference() throws IOException {
    int trip = index(station.entries, EventCode.ZONE_WITHHELD);
    int last = trip;
    while (station.entries.get(last).code() != EventCode.INPUTS) {
      last--;
    }
    Replay.Run run = replayed(station.entries.subList(0, last + 1));
    assertEquals(List.of(), run.differences());
    assertEquals(2, run.cutOff(), run.toString());
  }
}
