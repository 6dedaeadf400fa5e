package davy.tests.proof;

import davy.controller.interlock.Bypass;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Saved;
import davy.hal.signal.GuardState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that the watch knows after a step. Immutable; its times stop at their limits, so that a small
 * plan has finitely many states together with it.
 *
 * @param aliveNanos since start, up to the hold
 * @param armedNanos since the guard was last armed, up to the hold; −1 while it is not
 * @param accepted the configuration is accepted (S18)
 * @param manualOnly no zone may open by itself in this run (S22)
 * @param bypasses the register of the last step
 */
record Watch(
    List<Head> heads,
    List<ZoneNotes> zones,
    List<FanNotes> fans,
    ConsentNotes consent,
    long aliveNanos,
    long armedNanos,
    boolean accepted,
    boolean manualOnly,
    List<Bypass> bypasses) {

  static Watch start(Plan plan, Saved saved) {
    List<FanNotes> fans = new ArrayList<>();
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      fans.add(FanNotes.start(plan.fans().get(fan), saved, fan));
    }
    return new Watch(
        Collections.nCopies(plan.points().size(), Head.START),
        saved.zones().stream().map(ZoneNotes::start).toList(),
        List.copyOf(fans),
        ConsentNotes.START,
        0,
        -1,
        saved.configurationAccepted(),
        saved.manualOnly(),
        List.of());
  }

  boolean exempts(int point) {
    return bypasses.stream()
        .anyMatch(b -> b.kind() != Bypass.Kind.FAN_UNLOCK && b.index() == point);
  }

  /** What the head may have before it: an exemption that began before this step and goes on. */
  private Head.Gas gas(int point, List<Bypass> now) {
    boolean goesOn =
        now.stream().anyMatch(b -> b.kind() != Bypass.Kind.FAN_UNLOCK && b.index() == point);
    return bypasses.stream()
        .filter(b -> goesOn && b.index() == point)
        .map(
            b ->
                switch (b.kind()) {
                  case CALIBRATION -> Head.Gas.OF_A_TEST;
                  case CALIBRATION_INHIBIT -> Head.Gas.OF_A_KEPT_TEST;
                  case INHIBIT, FAN_UNLOCK -> Head.Gas.OF_THE_MINE;
                })
        .filter(gas -> gas != Head.Gas.OF_THE_MINE)
        .findFirst()
        .orElse(Head.Gas.OF_THE_MINE);
  }

  /** After a restart: what must not be forgotten, and nothing else. */
  Watch restarted(Plan plan) {
    List<FanNotes> kept = new ArrayList<>();
    for (int fan = 0; fan < fans.size(); fan++) {
      kept.add(fans.get(fan).restarted(plan.fans().get(fan)));
    }
    return new Watch(
        Collections.nCopies(heads.size(), Head.START),
        zones.stream().map(ZoneNotes::restarted).toList(),
        List.copyOf(kept),
        ConsentNotes.START,
        0,
        -1,
        accepted,
        manualOnly,
        List.of());
  }

  Watch next(Plan plan, Inputs inputs, long elapsed, Decision decision) {
    List<Head> read = new ArrayList<>(heads.size());
    for (int point = 0; point < heads.size(); point++) {
      PointInput input = inputs.points().get(point);
      Head head = heads.get(point);
      Head.Gas gas = gas(point, decision.bypasses());
      read.add(head.next(plan.points().get(point), plan.times(), input, gas, elapsed));
    }
    boolean armed = inputs.guard() == GuardState.ARMED;
    long hold = plan.times().startHoldNanos();
    Watch known =
        new Watch(
            List.copyOf(read),
            zones,
            fans,
            consent.next(plan.times(), inputs, elapsed, decision.events()),
            Notes.add(aliveNanos, elapsed, hold),
            !armed ? -1 : armedNanos < 0 ? 0 : Notes.add(armedNanos, elapsed, hold),
            decision.next().saved().configurationAccepted(),
            manualOnly,
            decision.bypasses());
    return known.rest(new Turn(plan, this, inputs, elapsed, decision, known));
  }

  private Watch rest(Turn turn) {
    List<FanNotes> blown = new ArrayList<>();
    for (int fan = 0; fan < fans.size(); fan++) {
      blown.add(fans.get(fan).next(turn, fan));
    }
    Watch known =
        new Watch(
            heads,
            zones,
            List.copyOf(blown),
            consent,
            aliveNanos,
            armedNanos,
            accepted,
            manualOnly,
            bypasses);
    Turn so =
        new Turn(
            turn.plan(), turn.before(), turn.inputs(), turn.elapsedNanos(), turn.decision(), known);
    List<ZoneNotes> seen = new ArrayList<>();
    for (int zone = 0; zone < zones.size(); zone++) {
      boolean cause = Demand.withheld(so, zone);
      seen.add(zones.get(zone).next(so, zone, cause, gassed(so, zone)));
    }
    return new Watch(
        heads,
        List.copyOf(seen),
        known.fans,
        consent,
        aliveNanos,
        armedNanos,
        accepted,
        manualOnly,
        bypasses);
  }

  /** Gas at the degassing level while the fan of the zone stands (S23). */
  private static boolean gassed(Turn turn, int zone) {
    if (!turn.view(zone).active().has(Cause.FAN_STOPPED)) {
      return false;
    }
    return turn.plan().fans().stream()
        .filter(fan -> fan.zones().contains(zone))
        .anyMatch(
            fan ->
                fan.gas().stream()
                    .anyMatch(
                        point ->
                            turn.inputs().points().get(point) instanceof PointInput.Good good
                                && good.value().atLeast(fan.limits().degasAt())));
  }
}
