package davy.bridge.modbus;

import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one line asks next. Pure but for its own state: no clock, no port. One owner thread.
 *
 * <p>Each time the line is free, the first of these that is ready goes:
 *
 * <ol>
 *   <li>a coil newly WITHHELD (live boards first, first attempts first);
 *   <li>the refresh of a granted pulse that is due, the longest waiting first;
 *   <li>a coil newly GRANTED;
 *   <li>the read-back of a board whose coil was just changed;
 *   <li>the rest of a poll or of a board's round under way;
 *   <li>whatever has been due longest of: the poll of each interlock slave; the round of each board
 *       (every coil's level again, then the read-back); one block of one background slave; one
 *       probe of one dead slave.
 * </ol>
 *
 * <p>So between the tick at which an interlock slave is due and its poll, everything else goes at
 * most once, and any number of dead slaves costs one probe. {@link LineBudget} rests on that.
 */
final class LineSchedule {

  private static final long IDLE_NANOS = 1_000_000_000;
  private static final int NONE = -1;

  /** Says when a request may begin, because a late reply may still come. */
  @FunctionalInterface
  interface Readiness {
    Tick readyAt(RtuRequest request, Tick now);
  }

  private final List<SlaveState> slaves = new ArrayList<>();
  private final List<CoilState> coils = new ArrayList<>();
  private final Turns turns;

  private boolean fresh;
  private int lastWritten;

  private Tick later;

  LineSchedule(LinePlan plan, Readiness readiness, Tick now) {
    this.later = now;
    LineCosts costs = new LineCosts(plan);
    for (SlavePlan slave : plan.slaves()) {
      for (CoilPlan coil : slave.coils()) {
        long every = costs.refreshNanos(coil);
        coils.add(new CoilState(slaves.size(), slave, coil, every, now));
      }
      slaves.add(new SlaveState(slave, now));
    }
    this.turns = new Turns(slaves, coils, readiness, now);
  }

  List<SlaveState> slaves() {
    return slaves;
  }

  List<CoilState> coils() {
    return coils;
  }

  /**
   * Sets what the coils are to be.
   *
   * @param scanFresh whether the scan that wants it is young enough for pulses
   */
  void aim(List<Permit> levels, boolean scanFresh) {
    for (int i = 0; i < coils.size(); i++) {
      coils.get(i).aim(levels.get(i));
    }
    fresh = scanFresh;
  }

  /** After the port was opened anew: polls start over, and no board's state is known. */
  void restart(Tick now) {
    turns.restart();
    coils.forEach(CoilState::unknown);
    slaves.forEach(slave -> slave.returns(now));
  }

  /** The transaction to begin now; empty until {@link #nextAt}. */
  Optional<Job> next(Tick now) {
    later = now.plusNanos(IDLE_NANOS);
    Optional<Job> job = urgent(Permit.WITHHELD);
    job = job.isPresent() ? job : refresh(now);
    job = job.isPresent() ? job : urgent(Permit.GRANTED);
    job = job.isPresent() ? job : confirmation(now);
    return job.isPresent() ? job : turns.next(now);
  }

  /** When {@link #next}, which just gave nothing, is to be asked again. */
  Tick nextAt() {
    return later.earliest(turns.nextAt());
  }

  RtuRequest request(Job job) {
    return turns.request(job);
  }

  SlavePlan plan(Job job) {
    return slaves.get(job.slave()).plan();
  }

  /** The coil written longest ago goes first among equals. */
  private Optional<Job> urgent(Permit permit) {
    int found = NONE;
    for (int i = 1; i <= coils.size(); i++) {
      int index = (lastWritten + i) % coils.size();
      CoilState coil = coils.get(index);
      boolean wanted = coil.urgent() && coil.target() == permit && (coil.level() || fresh);
      if (wanted && (found == NONE || goesBefore(coil, coils.get(found)))) {
        found = index;
      }
    }
    return found == NONE
        ? Optional.empty()
        : Optional.of(new Job.Write(coils.get(found).slave(), found, permit));
  }

  /** Live boards first, first attempts first. */
  private boolean goesBefore(CoilState one, CoilState other) {
    return alive(one) == alive(other) ? one.attempts() < other.attempts() : alive(one);
  }

  private boolean alive(CoilState coil) {
    return slaves.get(coil.slave()).alive();
  }

  private Optional<Job> refresh(Tick now) {
    Optional<Job> found = Optional.empty();
    Tick oldest = now.plusNanos(1);
    for (int i = 0; i < coils.size(); i++) {
      CoilState coil = coils.get(i);
      if (!fresh || coil.level() || coil.urgent() || !alive(coil)) {
        continue;
      }
      later = later.earliest(coil.refreshAt());
      if (coil.refreshAt().isBefore(oldest)) {
        oldest = coil.refreshAt();
        found = Optional.of(new Job.Write(coil.slave(), i, Permit.GRANTED));
      }
    }
    return found;
  }

  private Optional<Job> confirmation(Tick now) {
    for (int i = 0; i < slaves.size(); i++) {
      SlaveState slave = slaves.get(i);
      if (slave.confirm() && slave.alive() && turns.ready(new Job.ReadBack(i), now)) {
        return Optional.of(new Job.ReadBack(i));
      }
    }
    return Optional.empty();
  }

  /** The job's request is about to be handed to the master. */
  void begun(Job job, Tick now) {
    switch (job) {
      case Job.Poll poll when poll.block() == 0 -> slaves.get(poll.slave()).abandonPoll();
      case Job.Poll _ -> {}
      case Job.ReadBack back -> slaves.get(back.slave()).confirm(false);
      case Job.Write write -> {
        CoilState coil = coils.get(write.coil());
        lastWritten = write.coil();
        if (coil.urgent()) {
          slaves.get(write.slave()).confirm(true);
        }
        coil.begun(now);
      }
    }
  }

  /** Whether the line is to stay quiet behind the reply to this job, which begins now. */
  boolean listens(Job job, Tick now) {
    return switch (job) {
      case Job.Poll _, Job.ReadBack _ -> slaves.get(job.slave()).listens(now);
      case Job.Write _ -> false;
    };
  }

  /** A second slave answers at this address (S24); true when that was not known. */
  boolean shared(int unit, Tick now) {
    boolean news = false;
    for (int i = 0; i < slaves.size(); i++) {
      if (slaves.get(i).plan().address() == unit) {
        int slave = i;
        news |= slaves.get(i).shared(now);
        coils.stream()
            .filter(coil -> coil.slave() == slave)
            .forEach(coil -> coil.seen(slaves.get(slave).readBack(0, now, now)));
      }
    }
    return news;
  }

  /** The last byte of a coil's frame is on the wire. */
  void sent(Job job, Tick at) {
    switch (job) {
      case Job.Write write -> coils.get(write.coil()).sent(write.permit(), at);
      case Job.Poll _, Job.ReadBack _ -> {}
    }
  }

  /**
   * Takes in the outcome; true when the interlock ought to look at once: at an interlock reading, a
   * new level of a coil, a read-back that says something else than the last. What only got younger
   * is seen by the next periodic scan.
   */
  boolean ended(Job job, Outcome outcome, Tick now) {
    SlaveState slave = slaves.get(job.slave());
    boolean wasDead = !slave.alive();
    boolean back = slave.count(outcome, now);
    boolean news =
        switch (job) {
          case Job.Poll _ -> polled(slave, outcome, wasDead, now);
          case Job.ReadBack read -> readBack(read, slave, outcome, now);
          case Job.Write write -> {
            boolean echoed = outcome instanceof Outcome.Reply;
            yield coils.get(write.coil()).ended(write.permit(), echoed, slave.alive());
          }
        };
    turns.ended(job, outcome instanceof Outcome.Reply, wasDead, now);
    if (back) {
      slave.returns(now);
      coils.stream().filter(c -> c.slave() == job.slave()).forEach(CoilState::unknown);
    }
    return news;
  }

  private static boolean polled(SlaveState slave, Outcome outcome, boolean wasDead, Tick now) {
    if (outcome instanceof Outcome.Reply reply) {
      boolean complete = slave.block(reply.values(), reply.arrival(), now);
      if (wasDead && !complete) {
        slave.abandonPoll();
      }
      return complete && slave.plan().interlock();
    }
    slave.pollFails(now);
    return false;
  }

  private boolean readBack(Job.ReadBack read, SlaveState slave, Outcome outcome, Tick now) {
    boolean news = false;
    if (outcome instanceof Outcome.Reply reply) {
      for (CoilState coil : coils) {
        if (coil.slave() == read.slave()) {
          news |= coil.seen(slave.readBack(reply.values()[coil.number()], reply.arrival(), now));
        }
      }
    }
    return news;
  }
}
