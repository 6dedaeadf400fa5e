package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays what the guard is for: the interlock dies or hangs, or the guard itself does. Each time
 * power must go off by the guard's relays, stay off, and come back by the whole start-up sequence
 * alone.
 */
final class GuardPlay {

  /** From the last good scan to the master relays' coils without current. */
  static final long DROP_MILLIS = 500;

  /** Longer than any pulse of a coil: nothing may come back meanwhile. */
  private static final long DEAD_MILLIS = 2_000;

  /** What the guard tells of an interlock that is there no longer. */
  private static final String LATE = "TOO_LATE";

  private static final long START_MILLIS = 30_000;

  /** Something that is done to a process. */
  private interface Act {
    void run() throws InterruptedException;
  }

  private final Daemons daemons;
  private final Happenings<Fact> facts;
  private final Happenings<Status> frames;
  private final Locks locks;
  private final Narrator narrator;
  private final Consumer<Judgement> verdicts;

  GuardPlay(
      Daemons daemons,
      Happenings<Fact> facts,
      Happenings<Status> frames,
      Locks locks,
      Narrator narrator,
      Consumer<Judgement> verdicts) {
    this.daemons = daemons;
    this.facts = facts;
    this.frames = frames;
    this.locks = locks;
    this.narrator = narrator;
    this.verdicts = verdicts;
  }

  void kill() throws InterruptedException {
    strike(
        daemons::killInterlock,
        daemons::restartInterlock,
        new Words("The interlock is started again.", "闭锁程序重新启动。"),
        LATE);
  }

  void hang() throws InterruptedException {
    strike(
        daemons::stopInterlock,
        daemons::replaceInterlock,
        new Words("The hung interlock is ended and started again.", "停滞的闭锁程序被终止并重新启动。"),
        LATE);
  }

  void reset() throws InterruptedException {
    strike(
        daemons::killGuard,
        daemons::restartGuard,
        new Words("The guard has its supply again.", "看门狗恢复供电。"),
        "POWER_UP");
  }

  /**
   * @param cause that the guard must tell once it is spoken to again
   */
  private void strike(Act harm, Act mend, Words mending, String cause) throws InterruptedException {
    long from = facts.end();
    harm.run();
    Optional<Fact> dropped =
        facts.await(
            from,
            Judge.PATIENCE_MILLIS,
            fact -> fact.kind() == Fact.Kind.GUARD && !fact.flag("energised"));
    Optional<Fact> dead = facts.await(from, Judge.PATIENCE_MILLIS, fact -> feed(fact, false));
    if (facts.await(facts.end(), DEAD_MILLIS, fact -> feed(fact, true)).isPresent()) {
      locks.complaints().add("power came back in " + Play.ZONE + " while nobody watched");
    }
    narrator.tell("mend", mending);
    long mended = facts.end();
    long fromFrame = frames.end();
    mend.run();
    Optional<Status> told =
        frames.await(fromFrame, START_MILLIS, frame -> heard(frame) && !frame.granted(Play.ZONE));
    locks.live(Play.ZONE, mended, frames.end());
    armedFirst(mended);
    verdicts.accept(verdict(from, dropped, dead, told, cause));
  }

  /** Its link is well; the cause of its latest drop is told armed again as well as dropped. */
  private static boolean heard(Status frame) {
    return Set.of("DROPPED", "ARMED").contains(frame.guardState());
  }

  private static boolean feed(Fact fact, boolean live) {
    return fact.is(Fact.Kind.FEED, "zone", Play.ZONE) && fact.flag("live") == live;
  }

  /** Power came back after the guard had armed again, never before. */
  private void armedFirst(long from) {
    List<Fact> since = facts.since(from);
    long live = since.stream().takeWhile(fact -> !feed(fact, true)).count();
    boolean armed =
        since.stream()
            .limit(live)
            .anyMatch(fact -> fact.kind() == Fact.Kind.GUARD && fact.flag("energised"));
    if (!armed) {
      locks.complaints().add("power came back before the guard was armed again");
    }
  }

  private GuardVerdict verdict(
      long from,
      Optional<Fact> dropped,
      Optional<Fact> dead,
      Optional<Status> told,
      String expected) {
    List<Fact> since = facts.since(from);
    Tick harmed =
        since.stream()
            .filter(fact -> fact.kind() == Fact.Kind.HARMED)
            .findFirst()
            .orElseThrow()
            .tick();
    String cause = told.map(Status::guardLatestDrop).orElse("");
    boolean alone = expected.equals(LATE);
    Optional<Long> own = told.filter(_ -> alone).map(Status::guardDropMillis);
    String complaint = "";
    if (dropped.isEmpty() || dead.isEmpty()) {
      complaint = "power stayed on in " + Play.ZONE;
    } else if (dead.get().tick().isBefore(dropped.get().tick())
        || alone && letGo(since, dead.get().tick())) {
      complaint = "power went off, but not by the guard";
    } else if (millis(harmed, dead.get().tick()) > Judge.LEGAL_MILLIS
        || own.filter(millis -> millis > DROP_MILLIS).isPresent()) {
      complaint = "power went off too late";
    } else if (!cause.equals(expected)) {
      complaint = "the guard tells of " + cause + " instead of " + expected;
    }
    return new GuardVerdict(
        Play.ZONE,
        cause,
        dropped.map(fact -> millis(harmed, fact.tick())),
        dead.map(fact -> millis(harmed, fact.tick())),
        own,
        complaint);
  }

  /** Whether the zone's own relay had let go before. */
  private static boolean letGo(List<Fact> since, Tick dead) {
    return since.stream()
        .anyMatch(
            fact ->
                fact.is(Fact.Kind.RELAY, "zone", Play.ZONE)
                    && !fact.flag("energised")
                    && fact.tick().isBefore(dead));
  }

  private static double millis(Tick from, Tick to) {
    return to.nanosSince(from) / 1e6;
  }
}
