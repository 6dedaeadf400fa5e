package davy.bridge.modbus;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything on a line that takes its turn: polls, board rounds, background blocks, probes. The one
 * that has been due longest goes first, and what it consists of is not interrupted by another turn.
 */
final class Turns {

  /** A board's round is due this long after the last, or after minPollMillis if that is longer. */
  static final long ROUND_NANOS = 100_000_000;

  /** Shortest time between the starts of two probes of dead slaves. */
  static final long PROBE_NANOS = 200_000_000;

  /**
   * The same for heads: a probe may take longer than the polls that a dead head no longer takes.
   */
  static final long PROBE_HEAD_NANOS = 500_000_000;

  private static final long IDLE_NANOS = 1_000_000_000;

  private final List<SlaveState> slaves;
  private final List<CoilState> coils;
  private final LineSchedule.Readiness readiness;
  private final Deque<Job> underWay = new ArrayDeque<>();

  private OptionalInt roundOf = OptionalInt.empty();
  private Tick backgroundAt;
  private Tick probeAt;
  private Tick probeHeadAt;
  private Tick later;

  /** The lists are the schedule's own. */
  Turns(
      List<SlaveState> slaves, List<CoilState> coils, LineSchedule.Readiness readiness, Tick now) {
    this.slaves = slaves;
    this.coils = coils;
    this.readiness = readiness;
    this.backgroundAt = now;
    this.probeAt = now;
    this.probeHeadAt = now;
    this.later = now;
  }

  /** What is under way is dropped. */
  void restart() {
    underWay.clear();
    roundOf = OptionalInt.empty();
  }

  RtuRequest request(Job job) {
    SlavePlan plan = slaves.get(job.slave()).plan();
    return switch (job) {
      case Job.Poll poll -> LineCosts.poll(plan, poll.block());
      case Job.ReadBack _ -> LineCosts.readBack(plan);
      case Job.Write write -> coils.get(write.coil()).request(write.permit());
    };
  }

  /** The next transaction; empty until {@link #nextAt}. */
  Optional<Job> next(Tick now) {
    later = now.plusNanos(IDLE_NANOS);
    return continuation(now).or(() -> longestDue(now));
  }

  /** When {@link #next}, which just gave nothing, is to be asked again. */
  Tick nextAt() {
    return later;
  }

  boolean ready(Job job, Tick now) {
    return readiness.readyAt(request(job), now).equals(now);
  }

  private Optional<Job> continuation(Tick now) {
    while (!underWay.isEmpty()) {
      Job job = underWay.poll();
      switch (job) {
        case Job.Poll poll -> {
          return Optional.of(poll);
        }
        case Job.ReadBack back when ready(back, now) -> {
          return Optional.of(back);
        }
        case Job.ReadBack _ -> {}
        case Job.Write write when coils.get(write.coil()).level() -> {
          Permit permit = coils.get(write.coil()).target();
          return Optional.of(new Job.Write(write.slave(), write.coil(), permit));
        }
        case Job.Write _ -> {}
      }
    }
    return Optional.empty();
  }

  /** What takes its turn by how long it has been due. */
  private enum Turn {
    INTERLOCK_POLL,
    BACKGROUND_BLOCK,
    BOARD_ROUND,
    PROBE
  }

  /**
   * @param due when its turn began to count
   * @param waiting decides between those that share one slot of the line
   */
  private record Candidate(Turn turn, int slave, Tick due, Tick waiting) {
    boolean isBefore(Candidate other) {
      return due.equals(other.due) ? waiting.isBefore(other.waiting) : due.isBefore(other.due);
    }
  }

  private Optional<Job> longestDue(Tick now) {
    Optional<Candidate> first = Optional.empty();
    for (int i = 0; i < slaves.size(); i++) {
      for (Candidate candidate : candidates(i, now)) {
        if (now.isBefore(candidate.due())) {
          later = later.earliest(candidate.due());
        } else if (first.isEmpty() || candidate.isBefore(first.get())) {
          first = Optional.of(candidate);
        }
      }
    }
    return first.map(candidate -> start(candidate, now));
  }

  private List<Candidate> candidates(int index, Tick now) {
    SlaveState slave = slaves.get(index);
    SlavePlan plan = slave.plan();
    if (!slave.alive()) {
      Tick may = LineCosts.board(plan) ? probeAt : probeAt.latest(probeHeadAt);
      Tick due = restsUntil(probe(index), slave.probed(), now).latest(may);
      return List.of(new Candidate(Turn.PROBE, index, due, slave.probed()));
    }
    List<Candidate> found = new ArrayList<>(2);
    if (LineCosts.polled(plan) && plan.interlock()) {
      Tick due = slave.pollDue();
      for (int block = 0; block < plan.map().blocks().size(); block++) {
        due = restsUntil(new Job.Poll(index, block), due, now);
      }
      found.add(new Candidate(Turn.INTERLOCK_POLL, index, due, due));
    } else if (LineCosts.polled(plan)) {
      Tick due = restsUntil(new Job.Poll(index, slave.nextBlock()), slave.pollDue(), now);
      found.add(new Candidate(Turn.BACKGROUND_BLOCK, index, due.latest(backgroundAt), due));
    }
    if (LineCosts.board(plan)) {
      Tick due = roundDue(index, now);
      found.add(new Candidate(Turn.BOARD_ROUND, index, due, due));
    }
    return found;
  }

  /** A round without a coil to write is only its read-back, and waits until that may be asked. */
  private Tick roundDue(int index, Tick now) {
    Tick due = slaves.get(index).roundDue();
    boolean writes = coils.stream().anyMatch(coil -> coil.slave() == index && coil.level());
    return writes ? due : restsUntil(new Job.ReadBack(index), due, now);
  }

  /** The end of the rest that the job's request needs, else {@code due}. */
  private Tick restsUntil(Job job, Tick due, Tick now) {
    Tick at = readiness.readyAt(request(job), now);
    return at.equals(now) ? due : due.latest(at);
  }

  private Job start(Candidate candidate, Tick now) {
    int index = candidate.slave();
    SlaveState slave = slaves.get(index);
    return switch (candidate.turn()) {
      case INTERLOCK_POLL -> {
        slave.pollBegins(now);
        for (int block = 1; block < slave.plan().map().blocks().size(); block++) {
          underWay.add(new Job.Poll(index, block));
        }
        yield new Job.Poll(index, 0);
      }
      case BACKGROUND_BLOCK -> {
        if (slave.nextBlock() == 0) {
          slave.pollBegins(now);
        }
        yield new Job.Poll(index, slave.nextBlock());
      }
      case BOARD_ROUND -> round(index, now);
      case PROBE -> {
        probeAt = now.plusNanos(PROBE_NANOS);
        if (!LineCosts.board(slave.plan())) {
          probeHeadAt = now.plusNanos(PROBE_HEAD_NANOS);
        }
        Job job = probe(index);
        slave.probeBegins(now);
        yield job;
      }
    };
  }

  private Job round(int index, Tick now) {
    SlaveState slave = slaves.get(index);
    long minPoll = slave.plan().map().timing().minPollMillis() * 1_000_000L;
    slave.roundDue(now.plusNanos(Math.max(ROUND_NANOS, minPoll)));
    for (int i = 0; i < coils.size(); i++) {
      if (coils.get(i).slave() == index) {
        underWay.add(new Job.Write(index, i, coils.get(i).target()));
      }
    }
    underWay.add(new Job.ReadBack(index));
    roundOf = OptionalInt.of(index);
    return continuation(now).orElseGet(() -> new Job.ReadBack(index));
  }

  /** A dead board gets its levels and is read back in turn; granted pulses stay dropped. */
  private Job probe(int index) {
    SlaveState slave = slaves.get(index);
    if (!LineCosts.board(slave.plan())) {
      return new Job.Poll(index, 0);
    }
    List<Job> levels = new ArrayList<>();
    for (int i = 0; i < coils.size(); i++) {
      CoilState coil = coils.get(i);
      if (coil.slave() == index && coil.level()) {
        levels.add(new Job.Write(index, i, coil.target()));
      }
    }
    long turn = slave.probes();
    return levels.isEmpty() || turn % 2 == 1
        ? new Job.ReadBack(index)
        : levels.get((int) (turn / 2 % levels.size()));
  }

  /**
   * A turn counts from the end of the one before: so nothing goes twice ahead of another. Without a
   * reply the rest of the slave's turn is dropped.
   */
  void ended(Job job, boolean replied, boolean wasDead, Tick now) {
    SlaveState slave = slaves.get(job.slave());
    if (!replied) {
      underWay.removeIf(other -> other.slave() == job.slave());
    }
    if (wasDead) {
      probeAt = probeAt.latest(now);
    }
    if (job instanceof Job.Poll && !slave.plan().interlock()) {
      backgroundAt = now;
    }
    if (underWay.isEmpty() && roundOf.isPresent()) {
      SlaveState board = slaves.get(roundOf.getAsInt());
      board.roundDue(board.roundDue().latest(now));
      roundOf = OptionalInt.empty();
    }
  }
}
