package davy.tests.proof;

import static davy.tests.proof.Pieces.DEAF;
import static davy.tests.proof.Pieces.LOW;
import static davy.tests.proof.Pieces.NOTHING;
import static davy.tests.proof.Pieces.OLD;
import static davy.tests.proof.Pieces.OPEN;
import static davy.tests.proof.Pieces.TURN;
import static davy.tests.proof.Pieces.ask;
import static davy.tests.proof.Pieces.blow;
import static davy.tests.proof.Pieces.fault;
import static davy.tests.proof.Pieces.good;
import static davy.tests.proof.Pieces.harm;
import static davy.tests.proof.Pieces.head;
import static davy.tests.proof.Pieces.onDisk;
import static davy.tests.proof.Pieces.plan;
import static davy.tests.proof.Pieces.reset;

import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.hal.signal.FanRun;
import davy.tests.proof.Explorer.Field;
import davy.tests.proof.Move.Choice;
import java.util.List;
import java.util.Optional;

/** The small plans with a fan. */
final class FanFields {

  private static final Choice RUNS =
      blow("runs", true, FanRun.RUNNING, new FlowInput.Good(30, true));
  private static final Choice STANDS =
      blow("stands", false, FanRun.STOPPED, new FlowInput.Good(30, true));
  private static final Choice DUMB_FAN =
      blow("dumb", false, FanRun.UNKNOWN, new FlowInput.Good(30, true));

  private FanFields() {}

  /** The second stage of series ventilation: gas before the fan stops it, after its zone. */
  static Field stop() {
    return fan(
        "fan-stop",
        FanPieces.intake(),
        List.of(
            head("T3=low", true, good(49, true)),
            head("T3=some", true, good(50, true)),
            head("T3=rich", false, good(150, true)),
            head("T3=rich-old", false, good(150, false)),
            head("T3=over", false, new PointInput.OverRange()),
            OLD),
        List.of(OPEN),
        List.of(RUNS, STANDS),
        List.of(NOTHING));
  }

  /** Power goes before the fan: an output that does not obey keeps it running. */
  static Field afterCut() {
    return fan(
        "fan-after-cut",
        FanPieces.intake(),
        List.of(head("T3=low", true, good(49, true)), head("T3=rich", false, good(150, true))),
        List.of(OPEN, DEAF),
        List.of(RUNS),
        List.of(NOTHING, TURN, onDisk(2L), ask("mended", reset(2, 0, true, 99))));
  }

  /** T3 under announced test gas: it never stops the fan, also after the end and a restart. */
  static Field calibrated() {
    return fan(
        "fan-calibrated",
        FanPieces.intake(),
        List.of(
            head("T3=low", true, good(49, true)),
            head("T3=rich", false, good(150, true)),
            head("T3=over", false, new PointInput.OverRange())),
        List.of(OPEN),
        List.of(RUNS),
        List.of(
            NOTHING,
            TURN,
            onDisk(7L),
            ask("calibrate", Pieces.calibrate(7, 2, false)),
            ask("end", new Request.EndBypass(10, 0, "a"))));
  }

  /**
   * T3 under test gas while another head of its place keeps the zone: it may be left in the gas at
   * the end, and must not stop the fan then either.
   */
  static Field kept() {
    Plan plan = FanPieces.kept();
    return new Field(
        "fan-kept",
        plan,
        Pieces.STEP,
        List.of(Saved.nothing(plan)),
        Move.all(
            List.of(
                List.of(LOW, head("T3=rich", false, good(150, true))),
                List.of(LOW),
                List.of(OPEN),
                List.of(RUNS),
                List.of(
                    NOTHING,
                    TURN,
                    onDisk(7L),
                    ask("keep", Pieces.calibrate(7, 4, true)),
                    ask("end", new Request.EndBypass(10, 0, "a"))))),
        false);
  }

  /**
   * The start lock: gas beside a fan that stands, opened by low gas, a person or the key alone. The
   * fan has no zone here, so that what zones remember does not multiply it.
   */
  static Field startLock() {
    return fan(
        "fan-lock",
        FanPieces.gas(Optional.empty(), List.of(), 1),
        List.of(
            head("T1=low", true, good(149, true)),
            head("T1=some", true, good(150, true)),
            head("T1=rich", false, good(301, true)),
            OLD),
        List.of(OPEN),
        List.of(RUNS, DUMB_FAN),
        List.of(
            NOTHING,
            TURN,
            onDisk(0L, 4L),
            ask("unlock", new Request.UnlockFan(4, 0, "a", Optional.of("b"), "degassed")),
            fault("no-station", d -> d.station = false)));
  }

  /** Gas while the fan stands: the zone waits for degassing and a person (S23). */
  static Field degassing() {
    return fan(
        "degassing",
        FanPieces.gas(Optional.empty(), List.of(0), 0),
        List.of(
            head("T1=low", true, good(99, true)), head("T1=degas", false, good(100, true)), OLD),
        List.of(OPEN),
        List.of(RUNS, STANDS),
        List.of(NOTHING, TURN, onDisk(2L), ask("reset", reset(2, 0, false, 99))));
  }

  /** The flow in the duct and the run contact cut the zone, whatever else is well. */
  static Field flow() {
    return fan(
        "flow",
        FanPieces.gas(Optional.of(new Plan.Flow(30, 1)), List.of(0), 1),
        List.of(LOW),
        List.of(OPEN),
        List.of(
            blow("runs", true, FanRun.RUNNING, new FlowInput.Good(30, true)),
            blow("thin", false, FanRun.RUNNING, new FlowInput.Good(29, true)),
            blow("dumb", false, FanRun.UNKNOWN, new FlowInput.Good(30, true)),
            blow("blind", false, FanRun.RUNNING, new FlowInput.Stale())),
        List.of(
            NOTHING,
            harm("trip", Pieces.panelTrip()),
            TURN,
            onDisk(2L),
            ask("reset", reset(2, 0, false, 99))));
  }

  private static Field fan(
      String name,
      Plan plan,
      List<Choice> gas,
      List<Choice> ends,
      List<Choice> runs,
      List<Choice> acts) {
    List<Choice> elsewhere = List.of(head("", true, good(49, true)));
    return new Field(
        name,
        plan,
        Pieces.STEP,
        List.of(Saved.nothing(plan)),
        Move.all(List.of(gas, elsewhere, ends, runs, acts)),
        true);
  }
}
