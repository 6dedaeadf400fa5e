package davy.controller.demo;

import davy.hal.signal.Tick;
import java.util.List;
import java.util.Optional;

/**
 * Judges trips by the evidence of the simulated breaker; the interlock's own ticks only explain.
 *
 * @param facts what the mine told
 * @param frames what the interlock told
 * @param patienceMillis how long to wait for each of the two
 */
record Judge(Happenings<Fact> facts, Happenings<Status> frames, long patienceMillis) {

  /** From over-limit to power off at the very worst (REGULATIONS: 2 s). */
  static final long LEGAL_MILLIS = 2_000;

  /** Longer than the limit, so that a late cut is seen as late. */
  static final long PATIENCE_MILLIS = 5_000;

  /**
   * A trip that must come.
   *
   * @param causes that it may have; which one is not for the judge to choose
   * @param from facts and frames before these positions are older than the incident
   * @param begins what begins it: a head that crosses its limit, or falls silent
   * @param heads those it may begin at; the one that the trip names counts
   */
  record Due(
      String zone,
      List<String> causes,
      long from,
      long fromFrame,
      Fact.Kind begins,
      List<String> heads) {
    Due {
      causes = List.copyOf(causes);
      heads = List.copyOf(heads);
    }

    /** A trip that can have one cause only. */
    Due(
        String zone,
        String cause,
        long from,
        long fromFrame,
        Fact.Kind begins,
        List<String> heads) {
      this(zone, List.of(cause), from, fromFrame, begins, heads);
    }

    boolean begins(Fact fact) {
      return fact.kind() == begins && heads.contains(fact.text("head"));
    }
  }

  /** Waits for the breaker to open and for the interlock's account of it. */
  Verdict trip(Due due) throws InterruptedException {
    Optional<Fact> dead =
        facts.await(
            due.from(),
            patienceMillis,
            fact -> fact.is(Fact.Kind.FEED, "zone", due.zone()) && !fact.flag("live"));
    List<Fact> incident = facts.since(due.from()).stream().filter(due::begins).toList();
    Tick since = incident.stream().map(Fact::tick).reduce(Tick::earliest).orElseThrow();
    Optional<Status.Trip> told =
        frames
            .await(due.fromFrame(), patienceMillis, frame -> told(frame, due, since).isPresent())
            .flatMap(frame -> told(frame, due, since));
    String point = told.map(Status.Trip::point).orElse("");
    Fact began =
        incident.stream()
            .filter(fact -> fact.text("head").equals(point))
            .findFirst()
            .orElse(incident.getFirst());
    Optional<Tick> commanded = told.flatMap(Status.Trip::commanded);
    return new Verdict(
        due.zone(),
        told.map(Status.Trip::cause).orElse(""),
        point,
        began.millis("pollMillis"),
        commanded.map(tick -> millis(began.tick(), tick)),
        told.flatMap(Status.Trip::reading).flatMap(at -> commanded.map(tick -> millis(at, tick))),
        relayOff(due).map(fact -> millis(began.tick(), fact.tick())),
        dead.map(fact -> millis(began.tick(), fact.tick())),
        complaint(due, began, dead, told));
  }

  private Optional<Status.Trip> told(Status frame, Due due, Tick since) {
    return frame.trips().stream()
        .filter(trip -> trip.zone().equals(due.zone()))
        .filter(trip -> trip.commanded().filter(tick -> since.isBefore(tick)).isPresent())
        .reduce((newer, older) -> older);
  }

  private Optional<Fact> relayOff(Due due) {
    return facts.since(due.from()).stream()
        .filter(fact -> fact.is(Fact.Kind.RELAY, "zone", due.zone()) && !fact.flag("energised"))
        .findFirst();
  }

  private static double millis(Tick from, Tick to) {
    return to.nanosSince(from) / 1e6;
  }

  private static String complaint(
      Due due, Fact began, Optional<Fact> dead, Optional<Status.Trip> told) {
    if (dead.isEmpty()) {
      return "power stayed on in " + due.zone();
    }
    double millis = millis(began.tick(), dead.get().tick());
    if (millis < 0) {
      return "power was off before there was a reason";
    }
    if (millis > LEGAL_MILLIS) {
      return "power went off too late, after " + Math.round(millis) + " ms";
    }
    if (told.isEmpty()) {
      return "power went off, but the interlock tells of no trip";
    }
    if (!due.causes().contains(told.get().cause())) {
      return "the interlock names "
          + told.get().cause()
          + " instead of "
          + String.join(" or ", due.causes());
    }
    return due.heads().contains(told.get().point())
        ? ""
        : "the interlock names the point " + told.get().point();
  }
}
