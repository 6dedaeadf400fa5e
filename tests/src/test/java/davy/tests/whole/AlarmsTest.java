package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimFault;
import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmRequest;
import davy.controller.alarm.AlarmStatus;
import davy.controller.alarm.Lamp;
import davy.controller.alarm.Life;
import davy.controller.alarm.Mark;
import davy.controller.event.EventCode;
import davy.controller.interlock.Request;
import davy.hal.Board.LineName;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alarms of a running station: told, seen, closed by a person, and never in the way of a trip. */
final class AlarmsTest {

  private static final LineName LAMP = new LineName("pinctrl-bcm2711", 22);
  private static final LineName SOUNDER = new LineName("pinctrl-bcm2711", 23);
  private static final String PERSON = "zhang";

  private static int index(SimStation station, String name) {
    return station.site.alarms().alarms().stream()
        .map(AlarmPlan.Alarm::name)
        .toList()
        .indexOf(name);
  }

  private static AlarmStatus alarm(SimStation station, String name) {
    return station.snapshot().alarms().alarms().get(index(station, name));
  }

  private static Answer ask(SimStation station, AlarmRequest request) {
    station.alarmRequests.add(request);
    int before = station.alarmAnswers.size();
    station.runUntil(() -> station.alarmAnswers.size() > before, SECOND);
    station.run(100 * MILLI);
    return station.alarmAnswers.getLast().answer();
  }

  private static Answer acknowledge(SimStation station, String alarm) {
    return ask(station, new AlarmRequest.Acknowledge(1, PERSON, index(station, alarm)));
  }

  private static Answer close(SimStation station, String alarm) {
    return ask(
        station,
        new AlarmRequest.Close(2, PERSON, index(station, alarm), "gas pocket", "aired it"));
  }

  /** Whether a GPIO output is seen high and low within a second. */
  private static boolean flashes(SimStation station, LineName line) {
    return station.runUntil(() -> station.board.pin(line).high(), SECOND)
        && station.runUntil(() -> !station.board.pin(line).high(), SECOND);
  }

  private static boolean marked(SimStation station, Mark mark) {
    return station.snapshot().alarms().points().getFirst().marks().has(mark);
  }

  private static List<String> calling(SimStation station) {
    return station.site.alarms().alarms().stream()
        .map(AlarmPlan.Alarm::name)
        .filter(name -> alarm(station, name).life().calls())
        .toList();
  }

  /** Acknowledges whatever calls. */
  private static void acknowledgeAll(SimStation station) {
    for (int alarm = 0; alarm < station.site.alarms().alarms().size(); alarm++) {
      if (station.snapshot().alarms().alarms().get(alarm).life().calls()) {
        assertEquals(Answer.ACCEPTED, ask(station, new AlarmRequest.Acknowledge(1, PERSON, alarm)));
      }
    }
  }

  @Test
  void lampAndSounderTellGasBeforeItCutsUntilSomebodySawIt() throws IOException {
    SimStation station = running();
    acknowledgeAll(station);
    assertFalse(station.board.pin(SOUNDER).high(), () -> calling(station).toString());
    station.measure("head-t1", 120);
    assertTrue(station.runUntil(() -> station.board.pin(SOUNDER).high(), SECOND));
    assertTrue(flashes(station, LAMP));
    assertTrue(station.live(0), "1.20 is an alarm, it cuts at 1.50");
    station.run(10 * SECOND);
    acknowledgeAll(station);
    assertEquals(Lamp.STEADY, station.snapshot().alarms().lamp());
    assertFalse(station.board.pin(SOUNDER).high());
    assertFalse(flashes(station, LAMP));
    assertTrue(station.board.pin(LAMP).high());
  }

  @Test
  void aFalseClearIsRefusedWhileTheBreakerIsWelded() throws IOException {
    SimStation station = running();
    station.breakers.getFirst().weld();
    station.measure("head-t1", 160);
    station.run(5 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0));
    assertTrue(station.live(0), "welded");
    station.measure("head-t1", 30);
    station.run(90 * SECOND);
    assertEquals(Answer.REFUSED_ACKNOWLEDGE_FIRST, close(station, "T1-limit"));
    assertEquals(Answer.ACCEPTED, acknowledge(station, "T1-limit"));
    assertEquals(Answer.REFUSED_FEED_LIVE, close(station, "T1-limit"));
    assertTrue(alarm(station, "T1-limit").life().open(), "power is still on a face that had gas");
    assertEquals(160, alarm(station, "T1-limit").peak());
    station.breakers.getFirst().replace(station.clock.now());
    station.run(SECOND);
    assertEquals(Answer.ACCEPTED, close(station, "T1-limit"));
    assertEquals(Life.NORMAL, alarm(station, "T1-limit").life());
    assertTrue(
        station.entries.stream()
            .anyMatch(
                entry ->
                    entry.code() == EventCode.ALARM_CLOSED
                        && "aired it".equals(entry.fields().get("measure"))));
  }

  @Test
  void whateverIsAskedOfTheAlarmsGivesNoPowerBack() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.PanelTrip(1, 0, PERSON));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(SECOND);
    for (int alarm = 0; alarm < station.site.alarms().alarms().size(); alarm++) {
      for (AlarmRequest request : all(alarm)) {
        ask(station, request);
        assertEquals(Permit.WITHHELD, station.permit(0), request.toString());
      }
    }
    station.run(120 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "only a person, the key and a record");
  }

  private static List<AlarmRequest> all(int alarm) {
    return List.of(
        new AlarmRequest.Acknowledge(1, PERSON, alarm),
        new AlarmRequest.Mute(2, PERSON),
        new AlarmRequest.Shelve(3, PERSON, alarm, "no", 60 * SECOND),
        new AlarmRequest.OutOfService(4, PERSON, alarm, "no"),
        new AlarmRequest.BackInService(5, PERSON, alarm),
        new AlarmRequest.Unshelve(6, PERSON, alarm),
        new AlarmRequest.Close(7, PERSON, alarm, "no", "none"),
        new AlarmRequest.Correct(8, PERSON, alarm, 1, "no", "none"));
  }

  @Test
  void anOverLimitOutlivesAPowerCycleUntilAPersonClosesIt() throws IOException {
    SimStation before = running();
    before.measure("head-t1", 120);
    before.run(5 * SECOND);
    assertEquals(Answer.ACCEPTED, acknowledge(before, "T1-limit"));
    SimStation after = new SimStation(before.site, before.latches.orElseThrow(), before.alarms);
    after.measure("head-t1", 40);
    after.run(30 * SECOND);
    assertEquals(Life.LATCHED, alarm(after, "T1-limit").life());
    assertEquals(120, alarm(after, "T1-limit").peak());
    assertEquals(Answer.REFUSED_NOT_NORMAL_LONG_ENOUGH, close(after, "T1-limit"));
    after.run(60 * SECOND);
    assertEquals(Answer.ACCEPTED, close(after, "T1-limit"));
  }

  @Test
  void aHeadThatStandsStillWhileItsNeighbourMovesIsMarkedAndStillCuts() throws IOException {
    SimStation station = running();
    for (int step = 0; step < 10 && !marked(station, Mark.FLAT_LINE); step++) {
      station.measure("head-t2", 30 + 5 * step);
      station.run(5 * SECOND);
    }
    assertTrue(marked(station, Mark.FLAT_LINE));
    assertTrue(station.live(0), "a mark cuts nothing");
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT, "and keeps no cut back");
  }

  @Test
  void aHeadThatFallsSilentWhileItRisesIsMarkedAndItsZoneIsCut() throws IOException {
    SimStation station = running();
    for (int step = 0; step < 45; step++) {
      station.measure("head-t1", 40 + 2 * step);
      station.run(SECOND);
    }
    station.slaves.get("head-t1").fault(new SimFault.Silent());
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertTrue(
        station.runUntil(() -> marked(station, Mark.DISCONNECTED_RISING), 5 * SECOND),
        "pulled out while it rose");
  }

  @Test
  void theFiveMinutesOfEveryPointStandInTheJournal() throws IOException {
    SimStation station = running();
    station.measure("head-t1", 77);
    station.run(300 * SECOND);
    Optional<Object> points =
        station.entries.stream()
            .filter(entry -> entry.code() == EventCode.STATISTICS)
            .map(entry -> entry.fields().get("points"))
            .findFirst();
    assertTrue(points.orElseThrow().toString().contains("max=77"), points.toString());
  }
}
