package davy.bridge.modbus;

import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;

/** What the schedule knows of one coil in use. */
final class CoilState {

  /** How often a new level is sent ahead of everything until the board echoes it. */
  private static final int ATTEMPTS = 2;

  private final int slave;
  private final SlavePlan board;
  private final CoilPlan plan;
  private final long refreshNanos;

  private Permit target = Permit.WITHHELD;
  private int attemptsLeft = ATTEMPTS;
  private Tick refreshAt;
  private Tick refreshWas;
  private boolean retried;
  private Permit written = Permit.WITHHELD;
  private Tick writtenAt;
  private boolean everWritten;
  private boolean changed;
  private Reading readBack = Reading.NEVER;

  CoilState(int slave, SlavePlan board, CoilPlan plan, long refreshNanos, Tick now) {
    this.slave = slave;
    this.board = board;
    this.plan = plan;
    this.refreshNanos = refreshNanos;
    this.refreshAt = now;
    this.refreshWas = now;
    this.writtenAt = now;
  }

  int slave() {
    return slave;
  }

  Permit target() {
    return target;
  }

  void aim(Permit permit) {
    if (permit != target) {
      target = permit;
      attemptsLeft = ATTEMPTS;
    }
  }

  /** The board's state is unknown: the level is a change again. */
  void unknown() {
    attemptsLeft = ATTEMPTS;
  }

  boolean urgent() {
    return attemptsLeft > 0;
  }

  int attempts() {
    return ATTEMPTS - attemptsLeft;
  }

  /** A level that stays until it is written otherwise; a granted pulse is not one. */
  boolean level() {
    return plan.pulseMillis() == 0 || target == Permit.WITHHELD;
  }

  /** When a granted pulse wants its next refresh. */
  Tick refreshAt() {
    return refreshAt;
  }

  RtuRequest.WriteCoil request(Permit permit) {
    return LineCosts.write(board, plan, permit);
  }

  void begun(Tick now) {
    refreshWas = refreshAt;
    refreshAt = now.plusNanos(refreshNanos);
  }

  /** The whole frame left. */
  void sent(Permit permit, Tick at) {
    if (!everWritten || permit != written) {
      written = permit;
      writtenAt = at;
      everWritten = true;
      changed = true;
    }
  }

  /** The transaction ended; true where its frame took another level to the board. */
  boolean ended(Permit permit, boolean echoed, boolean boardAlive) {
    if (permit == target && attemptsLeft > 0) {
      attemptsLeft = echoed || !boardAlive ? 0 : attemptsLeft - 1;
    }
    boolean again = !echoed && !retried;
    if (again) {
      refreshAt = refreshWas;
    }
    retried = again;
    boolean news = changed;
    changed = false;
    return news;
  }

  /** Takes in a read-back; true where it says something else than the last. */
  boolean seen(Reading contact) {
    boolean same =
        readBack instanceof Reading.Good was && contact instanceof Reading.Good is
            ? was.amount() == is.amount()
            : readBack instanceof Reading.Faulty && contact instanceof Reading.Faulty;
    readBack = contact;
    return !same;
  }

  int number() {
    return plan.coil();
  }

  LineImage.CoilImage image() {
    return new LineImage.CoilImage(readBack, written, writtenAt);
  }
}
