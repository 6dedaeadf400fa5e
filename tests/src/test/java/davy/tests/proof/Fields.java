package davy.tests.proof;

import static davy.tests.proof.Pieces.BLIND;
import static davy.tests.proof.Pieces.CLOSED;
import static davy.tests.proof.Pieces.DEAF;
import static davy.tests.proof.Pieces.DUMB;
import static davy.tests.proof.Pieces.HIGH;
import static davy.tests.proof.Pieces.LOW;
import static davy.tests.proof.Pieces.NOTHING;
import static davy.tests.proof.Pieces.OLD;
import static davy.tests.proof.Pieces.OPEN;
import static davy.tests.proof.Pieces.OVER;
import static davy.tests.proof.Pieces.TURN;
import static davy.tests.proof.Pieces.WELDED;
import static davy.tests.proof.Pieces.act;
import static davy.tests.proof.Pieces.ask;
import static davy.tests.proof.Pieces.fault;
import static davy.tests.proof.Pieces.field;
import static davy.tests.proof.Pieces.good;
import static davy.tests.proof.Pieces.harm;
import static davy.tests.proof.Pieces.head;
import static davy.tests.proof.Pieces.methane;
import static davy.tests.proof.Pieces.onDisk;
import static davy.tests.proof.Pieces.plan;
import static davy.tests.proof.Pieces.point;
import static davy.tests.proof.Pieces.reset;
import static davy.tests.proof.Pieces.zone;

import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Group;
import davy.controller.interlock.Plan.Release;
import davy.controller.interlock.Plan.Voting;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.hal.signal.GuardState;
import davy.hal.signal.SensorFault;
import davy.tests.proof.Explorer.Field;
import davy.tests.proof.Move.Choice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The small plans: limits of one to three steps, one value a band, each no larger than it must. */
public final class Fields {

  private static final OptionalInt NO_UPSTREAM = OptionalInt.empty();

  private Fields() {}

  /** The bands of gas of one head, in a zone that opens by itself. */
  static Field gas() {
    return oneHead(
        "gas",
        List.of(
            LOW,
            HIGH,
            OVER,
            head("unrenewed", true, good(99, false)),
            head("restore", false, good(100, true))));
  }

  /** The faults of one head, in a zone that opens by itself. */
  static Field faults() {
    return oneHead(
        "faults",
        List.of(
            LOW,
            OLD,
            head("drift", false, good(-10, true)),
            head("above-drift", true, good(-9, true)),
            head("unrenewed", true, good(99, false)),
            head("broken", false, new PointInput.Faulty(SensorFault.BROKEN_LINE))));
  }

  private static Field oneHead(String name, List<Choice> bands) {
    return field(
        name,
        List.of(point(false)),
        List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, Group.of(0))),
        true,
        List.of(
            bands,
            List.of(OPEN),
            List.of(NOTHING, TURN, onDisk(0L, 2L), ask("reset", reset(2, 0, false, 99)))));
  }

  /** What a person and the key can do to a zone after gas or a trip. */
  static Field person(Release release) {
    return field(
        release == Release.MANUAL ? "person-manual" : "person-auto",
        List.of(point(false)),
        List.of(zone(release, false, NO_UPSTREAM, Group.of(0))),
        true,
        List.of(
            List.of(LOW, HIGH),
            List.of(OPEN),
            List.of(NOTHING, TURN, fault("no-key", d -> d.key = Key.UNKNOWN)),
            List.of(
                NOTHING,
                harm("trip", Pieces.panelTrip()),
                ask("reset", reset(2, 0, false, 100)),
                onDisk(0L, 2L)),
            List.of(NOTHING, fault("no-station", d -> d.station = false))));
  }

  /** A catalytic head that was over range, and a trip by the county. */
  static Field portable() {
    return field(
        "portable",
        List.of(point(true)),
        List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, Group.of(0))),
        true,
        List.of(
            List.of(LOW, OVER),
            List.of(OPEN),
            List.of(NOTHING, TURN),
            List.of(
                NOTHING,
                harm("county", Pieces.remoteTrip()),
                ask("reset", reset(2, 0, false, 100)),
                ask("portable", reset(3, 0, false, 99)),
                onDisk(0L, 2L, 3L)),
            List.of(NOTHING, fault("no-station", d -> d.station = false))));
  }

  /** Three heads of one place. */
  static Field voting(boolean single) {
    Group group =
        new Group(List.of(0, 1, 2), Voting.TWO_OF_THREE, single, Optional.of(methane(60)));
    return field(
        single ? "voting-cn" : "voting",
        List.of(point(false), point(false), point(false)),
        List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, group)),
        false,
        List.of(
            List.of(LOW, HIGH, OLD, head("apart", true, good(30, true))),
            List.of(LOW, HIGH, OLD),
            List.of(LOW, HIGH),
            List.of(OPEN)));
  }

  /** One zone feeds another: what the lower one can't cut, the upper one must. */
  static Field chain(String name, List<Choice> gas, List<Choice> lower, List<Choice> upper) {
    return field(
        "chain-" + name,
        List.of(point(false)),
        List.of(
            zone(Release.AUTOMATIC, true, NO_UPSTREAM, Group.of(0)),
            zone(Release.AUTOMATIC, true, OptionalInt.of(0), Group.of(0))),
        true,
        List.of(
            gas,
            upper,
            lower,
            List.of(
                NOTHING,
                TURN,
                onDisk(0L, 2L, 3L, 4L, 5L),
                ask("mended", reset(2, 1, true, 99)),
                ask("reset", reset(3, 1, false, 99)),
                ask("reset-up", reset(4, 0, false, 99)),
                ask("mended-up", reset(5, 0, true, 99)))));
  }

  /** One zone under proof test. */
  static Field proof(String name, Choice third) {
    return field(
        "proof-" + name,
        List.of(point(false)),
        List.of(zone(Release.AUTOMATIC, true, NO_UPSTREAM, Group.of(0))),
        true,
        List.of(
            List.of(LOW, HIGH),
            List.of(OPEN, CLOSED, third),
            List.of(
                NOTHING,
                TURN,
                onDisk(0L, 2L, 3L),
                ask("mended", reset(2, 0, true, 99)),
                ask("reset", reset(3, 0, false, 99)),
                harm("test", new Request.ProofTest(5, 0, "a")))));
  }

  /** The guard, late scans, and a configuration that two persons accept. */
  static Field health() {
    Plan plan =
        plan(
            List.of(point(false)),
            List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, Group.of(0))),
            List.of(),
            Pieces.NO_BYPASSES,
            true);
    Saved changed = new Saved(List.of(Saved.Zone.NOTHING), List.of(), List.of(), false, false);
    Saved crashed = new Saved(List.of(Saved.Zone.NOTHING), List.of(), List.of(), true, true);
    List<List<Choice>> axes =
        List.of(
            List.of(LOW, HIGH),
            List.of(OPEN),
            List.of(
                act("armed", _ -> {}),
                fault("dropped", d -> d.guard = GuardState.DROPPED),
                fault("lost", d -> d.guard = GuardState.LOST)),
            List.of(NOTHING, fault("late", d -> d.late = true)),
            List.of(
                NOTHING,
                TURN,
                onDisk(0L, 2L, 5L, 6L),
                ask("reset", reset(2, 0, false, 99)),
                ask("accept", new Request.AcceptConfiguration(5, "a", "b")),
                harm("accept-alone", new Request.AcceptConfiguration(6, "a", "a"))));
    return new Field(
        "health",
        plan,
        Pieces.STEP,
        List.of(Saved.nothing(plan), changed, crashed, Saved.lost(plan, false)),
        Move.all(axes),
        true);
  }

  /** One kind of exemption of the first of two heads of one place, and how it ends. */
  static Field register(String name, Request request) {
    Group group = new Group(List.of(0, 1), Voting.ANY, false, Optional.empty());
    Plan plan =
        new Plan(
            List.of(point(false), point(false)),
            List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, group)),
            List.of(),
            Pieces.times(Pieces.STEP),
            new Plan.Bypasses(
                1,
                false,
                2 * Pieces.STEP,
                0,
                Optional.of(
                    new Plan.InhibitLimits(
                        2 * Pieces.STEP, 3 * Pieces.STEP, Pieces.STEP, 3 * Pieces.STEP))),
            new Plan.Fitted(true, true));
    List<List<Choice>> axes =
        List.of(
            List.of(LOW, HIGH),
            List.of(LOW, head("alarm", false, good(100, true))),
            List.of(OPEN),
            List.of(
                NOTHING,
                TURN,
                onDisk(request.id()),
                harm(name, request),
                ask("end", new Request.EndBypass(10, 0, "a")),
                fault("dropped", d -> d.guard = GuardState.DROPPED)));
    return new Field(name, plan, Pieces.STEP, List.of(Saved.nothing(plan)), Move.all(axes), true);
  }

  /** Three heads of one place, one of them inhibited: a single vote of the others cuts (S13). */
  static Field votingOut() {
    Group group = new Group(List.of(0, 1, 2), Voting.TWO_OF_THREE, false, Optional.empty());
    Plan plan =
        new Plan(
            List.of(point(false), point(false), point(false)),
            List.of(zone(Release.AUTOMATIC, false, NO_UPSTREAM, group)),
            List.of(),
            Pieces.times(Pieces.STEP),
            new Plan.Bypasses(1, false, 2, 0, Optional.of(new Plan.InhibitLimits(2, 2, 0, 2))),
            new Plan.Fitted(true, false));
    List<List<Choice>> axes =
        List.of(
            List.of(LOW, OLD),
            List.of(LOW, HIGH),
            List.of(LOW),
            List.of(OPEN),
            List.of(NOTHING, TURN, onDisk(9L), ask("inhibit", Pieces.inhibit(9, 2))));
    return new Field(
        "voting-out", plan, Pieces.STEP, List.of(Saved.nothing(plan)), Move.all(axes), false);
  }

  /** Every kind of rule on one small plan at least: quick enough for every build. */
  public static List<Field> few() {
    return List.of(
        gas(),
        faults(),
        FanFields.stop(),
        FanFields.startLock(),
        portable(),
        voting(true),
        FanFields.calibrated(),
        FanFields.degassing(),
        chain("welded", List.of(LOW), List.of(CLOSED, WELDED), List.of(OPEN)));
  }

  /** The others: together with the few, all. */
  public static List<Field> more() {
    return List.of(
        FanFields.flow(),
        FanFields.kept(),
        votingOut(),
        FanFields.afterCut(),
        register("inhibit", Pieces.inhibit(9, 2 * Pieces.STEP)),
        person(Release.MANUAL),
        person(Release.AUTOMATIC),
        voting(false),
        proof("blind", BLIND),
        proof("dumb", DUMB),
        proof("welded", WELDED),
        proof("deaf", DEAF),
        health(),
        register("calibrate", Pieces.calibrate(7, 2 * Pieces.STEP, false)),
        register("covered", Pieces.calibrate(8, 2 * Pieces.STEP, true)),
        chain("deaf", List.of(LOW), List.of(CLOSED, DEAF), List.of(CLOSED)),
        chain("blind", List.of(LOW, HIGH), List.of(OPEN, BLIND), List.of(OPEN)));
  }

  public static List<Field> all() {
    return Stream.concat(few().stream(), more().stream()).toList();
  }
}
