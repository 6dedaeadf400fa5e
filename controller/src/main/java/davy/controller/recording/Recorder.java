package davy.controller.recording;

import davy.controller.event.EventCode;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.journal.Entry;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Records every step. Scan thread; never waits.
 *
 * <p>Steps gather for {@link #GATHER_NANOS}, and are handed to the journal at once with a step that
 * changed anything: then they stand before the records of what was decided. While the journal takes
 * nothing, steps gather on, up to a bound; past it they are given up, and the recording begins
 * again with the whole state.
 */
public final class Recorder {

  /** How long steps that changed nothing may gather: what a power cut may cost. */
  static final long GATHER_NANOS = 5_000_000_000L;

  /** A recording can be taken up again from its begin or from one of these. */
  static final long WHOLE_NANOS = 3_600_000_000_000L;

  /** Steps and changes of inputs that make a record, of about ten bytes each. */
  static final int MOST = 4_096;

  /** Steps and changes that wait for the journal before they are given up. */
  static final int BOUND = 8 * MOST;

  private static final long RETRY_NANOS = 500_000_000L;

  private final ToLongFunction<Entry> journal;
  private final Inputs blank;
  private final Map<String, Object> head = new LinkedHashMap<>();
  private Optional<Entry> begin;
  private Inputs before;
  private List<Object> steps = new ArrayList<>();
  private Tick at;
  private Tick due;
  private Tick wholeDue;
  private int size;
  private boolean refused;
  private boolean givenUp;

  /**
   * @param digest of the site
   * @param start the tick from which the first step counts
   * @param journal takes an entry, or answers −1
   */
  public Recorder(
      Plan plan, String digest, Saved saved, Tick start, ToLongFunction<Entry> journal) {
    this.journal = journal;
    this.blank = StepJson.blank(plan);
    this.head.put("digest", digest);
    this.head.put("plan", ValueJson.write(plan));
    this.begin = Optional.of(begin(start, "saved", saved));
    this.before = blank;
    this.at = start;
    this.due = start;
    this.wholeDue = start.plusNanos(WHOLE_NANOS);
  }

  private Entry begin(Tick tick, String name, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>(head);
    fields.put(name, ValueJson.write(value));
    return new Entry(EventCode.INPUTS_BEGIN, tick, fields);
  }

  /**
   * Records one step.
   *
   * @param next the state it led to
   * @param events it brought something that the journal tells
   */
  public void record(long elapsedNanos, Inputs inputs, State next, boolean events) {
    at = at.plusNanos(elapsedNanos);
    if (!givenUp) {
      if (steps.isEmpty()) {
        due = at.plusNanos(GATHER_NANOS);
      }
      Object step = StepJson.write(before, inputs, elapsedNanos);
      size += step instanceof Map<?, ?> changes ? changes.size() : 1;
      steps.add(step);
      before = inputs;
    }
    boolean news = events || !inputs.requests().isEmpty();
    boolean more = !refused && (news || size >= MOST);
    if (more || !at.isBefore(due)) {
      handOver(next);
    }
  }

  private void handOver(State state) {
    boolean whole = givenUp || !at.isBefore(wholeDue);
    if (taken()) {
      if (whole) {
        begin = Optional.of(begin(at, "state", state));
        before = blank;
        wholeDue = at.plusNanos(WHOLE_NANOS);
        givenUp = false;
        taken();
      }
    } else if (size >= BOUND) {
      givenUp = true;
      begin = Optional.empty();
      empty();
    }
    if (refused) {
      due = at.plusNanos(RETRY_NANOS);
    }
  }

  /** Whether the journal has all there is. */
  private boolean taken() {
    if (begin.isPresent() && !taken(begin.get())) {
      return false;
    }
    begin = Optional.empty();
    if (!steps.isEmpty() && !taken(new Entry(EventCode.INPUTS, at, Map.of("steps", steps)))) {
      return false;
    }
    empty();
    return true;
  }

  private void empty() {
    steps = new ArrayList<>();
    size = 0;
  }

  private boolean taken(Entry entry) {
    refused = journal.applyAsLong(entry) < 0;
    return !refused;
  }

  /** Hands over what has gathered; the last call. */
  public void close() {
    taken();
  }
}
