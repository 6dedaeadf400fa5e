package davy.controller.link;

import davy.controller.link.Desk.Caller;
import davy.controller.link.Outcome.Asked;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Callers of one socket who wait for the scan's answer. That socket's thread alone. */
final class Answers {

  static final long ANSWER_NANOS = 2_000_000_000L;
  private static final int WAITING = 32;

  private final RequestQueue queue;
  private final RequestRecord record;
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * A request in the hands of the scan.
   *
   * @param id whose answer answers it
   */
  private record Waiting(Caller caller, Asked asked, long id, Tick until) {}

  Answers(RequestQueue queue, RequestRecord record) {
    this.queue = queue;
    this.record = record;
  }

  /** The request is with the scan already; only its answer may find no place. */
  void await(Caller caller, Asked asked, long id, Tick now) {
    if (waiting.size() < WAITING) {
      waiting.add(new Waiting(caller, asked, id, now.plusNanos(ANSWER_NANOS)));
    } else {
      tell(caller, Outcome.refused(asked, Refusal.NO_ANSWER), now);
    }
  }

  /** Answers who has an answer or has waited too long. True while somebody waits. */
  boolean tend(Tick now) {
    for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
      Waiting one = all.next();
      Optional<Outcome> outcome = queue.outcome(one.asked(), one.id());
      if (outcome.isPresent()) {
        tell(one.caller(), outcome.get(), now);
        all.remove();
      } else if (one.until().isBefore(now)) {
        tell(one.caller(), Outcome.refused(one.asked(), Refusal.NO_ANSWER), now);
        all.remove();
      }
    }
    return !waiting.isEmpty();
  }

  void tell(Caller caller, Outcome outcome, Tick now) {
    record.add(outcome, now);
    caller.answer(outcome.line());
  }
}
