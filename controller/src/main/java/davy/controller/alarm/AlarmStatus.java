package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.GradeRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One alarm as it stands: remembered from step to step, and shown to people as it is.
 *
 * @param active the condition stands, its delays served
 * @param activeForNanos how long the condition has stood, saturating at the delay; {@link Held#NOT}
 * @param normalForNanos how long it has been normal without a break, saturating at what is asked
 * @param occurrence how often it opened so far, across restarts
 * @param grade now; {@link Grade#NONE} while not active
 * @param worst gravest grade of the open occurrence: never falls until it is closed
 * @param peak worst amount of the open occurrence of an over-limit, else 0
 * @param overRange the head was above its range in the open occurrence
 * @param gradeForNanos per row of the grade table, how long its concentration has been reached
 */
public record AlarmStatus(
    Life life,
    boolean active,
    long activeForNanos,
    long normalForNanos,
    long occurrence,
    Grade grade,
    Grade worst,
    int peak,
    boolean overRange,
    List<Long> gradeForNanos) {

  public AlarmStatus {
    gradeForNanos = List.copyOf(gradeForNanos);
  }

  /** The latest occurrence that is closed; 0 where none is. */
  public long latestClosed() {
    return life.open() ? occurrence - 1 : occurrence;
  }

  static AlarmStatus start(AlarmPlan plan, Life life, boolean active, long occurrence) {
    List<Long> rows = Collections.nCopies(plan.grades().size(), Held.NOT);
    return new AlarmStatus(
        life, active, Held.NOT, Held.NOT, occurrence, Grade.NONE, Grade.NONE, 0, false, rows);
  }

  /** Serves the delays. UNSURE ends no alarm and breaks the time of being normal. */
  AlarmStatus judged(Alarm alarm, Judgement judgement, long elapsedNanos) {
    long wanted = Math.max(alarm.offDelayNanos(), alarm.normalNanos());
    long activeFor = Held.NOT;
    long normalFor = Held.NOT;
    switch (judgement) {
      case ACTIVE -> activeFor = Held.on(activeForNanos, elapsedNanos, alarm.onDelayNanos());
      case UNSURE -> activeFor = activeForNanos;
      case NORMAL -> normalFor = Held.on(normalForNanos, elapsedNanos, wanted);
    }
    boolean is = active ? normalFor < alarm.offDelayNanos() : activeFor >= alarm.onDelayNanos();
    if (is == active && activeFor == activeForNanos && normalFor == normalForNanos) {
      return this;
    }
    return new AlarmStatus(
        life, is, activeFor, normalFor, occurrence, grade, worst, peak, overRange, gradeForNanos);
  }

  /**
   * Grades it anew.
   *
   * @param sample of the point of an over-limit of methane; any other alarm is not graded by rows
   * @param extent points of the same zone that are over their limit
   */
  AlarmStatus graded(AlarmPlan plan, Alarm alarm, Sample sample, int extent, long elapsedNanos) {
    List<Long> rows = gradeForNanos;
    Grade now = active ? alarm.grade() : Grade.NONE;
    for (int index = 0; index < gradeForNanos.size(); index++) {
      GradeRow row = plan.grades().get(index);
      long held = reached(row, sample, gradeForNanos.get(index), elapsedNanos);
      if (held != gradeForNanos.get(index)) {
        rows = rows == gradeForNanos ? new ArrayList<>(gradeForNanos) : rows;
        rows.set(index, held);
      }
      if (active && held >= row.forNanos() && extent >= row.points()) {
        now = now.worse(row.grade());
      }
    }
    return withGrade(now, rows);
  }

  private static long reached(GradeRow row, Sample sample, long before, long elapsedNanos) {
    return switch (sample) {
      case Sample.Good good when good.amount() < row.atLeast() -> Held.NOT;
      case Sample.Good _, Sample.OverRange _ -> Held.on(before, elapsedNanos, row.forNanos());
      case Sample.Lost _, Sample.Calibrating _ -> before;
    };
  }

  AlarmStatus plainlyGraded(Alarm alarm) {
    return withGrade(active ? alarm.grade() : Grade.NONE, gradeForNanos);
  }

  private AlarmStatus withGrade(Grade now, List<Long> rows) {
    if (now == grade && rows == gradeForNanos) {
      return this;
    }
    return new AlarmStatus(
        life,
        active,
        activeForNanos,
        normalForNanos,
        occurrence,
        now,
        worst,
        peak,
        overRange,
        rows);
  }

  boolean graver() {
    return life.open() && grade.compareTo(worst) > 0;
  }

  /** Goes on living; an occurrence begins when it opens out of a state that was not open. */
  AlarmStatus with(Life next) {
    if (next.equals(life)) {
      return this;
    }
    boolean opens = next.open() && !life.open();
    boolean kept = next.open() && !opens;
    return new AlarmStatus(
        next,
        active,
        activeForNanos,
        normalForNanos,
        opens ? occurrence + 1 : occurrence,
        grade,
        kept ? worst : Grade.NONE,
        kept ? peak : 0,
        kept && overRange,
        gradeForNanos);
  }

  /** Keeps the worst of the open occurrence. */
  AlarmStatus remembering(Grade graver, int worstAmount, boolean over) {
    if (graver == worst && worstAmount == peak && over == overRange) {
      return this;
    }
    return new AlarmStatus(
        life,
        active,
        activeForNanos,
        normalForNanos,
        occurrence,
        grade,
        graver,
        worstAmount,
        over,
        gradeForNanos);
  }
}
