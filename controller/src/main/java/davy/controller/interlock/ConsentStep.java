package davy.controller.interlock;

import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Event.Granted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The consent slot's part of one step. */
final class ConsentStep {

  /** Who knows whether a request can be taken now. Asked again in every step while it waits. */
  interface Judge {
    Optional<Answer> refusal(Request.Loosening request);

    /** Tells the person what became of the request. */
    void answer(Request.Loosening request, Answer answer);
  }

  private static final String KEY_ALONE = "key, unnamed";

  private final Plan plan;
  private final Inputs inputs;
  private final Moment moment;
  private final Judge judge;
  private final List<Event> events;
  private final Consent slot;
  private final List<Request.Loosening> effective;

  ConsentStep(
      Plan plan, Consent before, Inputs inputs, Moment moment, Judge judge, List<Event> events) {
    this.plan = plan;
    this.inputs = inputs;
    this.moment = moment;
    this.judge = judge;
    this.events = events;
    this.slot = asked(waited(before));
    this.effective =
        before instanceof Consent.Recording
                && slot instanceof Consent.Recording recording
                && inputs.recorded().contains(recording.id())
            ? recording.requests()
            : List.of();
  }

  /** What was consented to and is on disk: takes effect in this step. */
  List<Request.Loosening> effective() {
    return effective;
  }

  /**
   * @param done what was effective has had its effect
   */
  Consent next(boolean done) {
    return done ? Consent.IDLE : slot;
  }

  /** What waits gets older, loses its ground, is consented to, or is asked for by the key alone. */
  private Consent waited(Consent before) {
    return switch (before) {
      case Consent.Idle idle -> moment.keyAlone() ? keyAlone(idle) : idle;
      case Consent.Waiting waiting -> {
        long waited = older(waiting.waitedNanos());
        if (remaining(List.of(waiting.request()), waited).isEmpty()) {
          yield Consent.IDLE;
        }
        yield moment.press()
            ? consented(List.of(waiting.request()), waiting.request().person())
            : new Consent.Waiting(waiting.request(), waited);
      }
      case Consent.Recording recording -> {
        long waited = older(recording.waitedNanos());
        List<Request.Loosening> left = remaining(recording.requests(), waited);
        yield left.isEmpty() ? Consent.IDLE : new Consent.Recording(left, waited);
      }
    };
  }

  private long older(long waited) {
    return Elapsed.add(waited, moment.elapsedNanos(), plan.times().consentNanos());
  }

  /** Those that would still be taken; when none is left the last one is told why. */
  private List<Request.Loosening> remaining(List<Request.Loosening> requests, long waited) {
    List<Request.Loosening> left = new ArrayList<>(requests);
    left.removeIf(request -> judge.refusal(request).isPresent());
    Request.Loosening last = requests.getLast();
    if (left.isEmpty()) {
      judge.answer(last, judge.refusal(last).orElseThrow());
    } else if (waited >= plan.times().consentNanos()) {
      judge.answer(last, Answer.EXPIRED);
      left.clear();
    }
    return left;
  }

  private Consent consented(List<Request.Loosening> requests, String person) {
    Request.Loosening first = requests.getFirst();
    int zone = requests.size() == 1 && first instanceof Request.OfZone ofZone ? ofZone.zone() : -1;
    events.add(new Event.Consented(first.id(), zone, person));
    return new Consent.Recording(requests, 0);
  }

  /** Every zone and every start lock that the key alone may release. */
  private Consent keyAlone(Consent idle) {
    List<Request.Loosening> all = new ArrayList<>();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      all.add(new Request.Reset(Granted.BY_KEY, zone, KEY_ALONE, Optional.empty(), false));
    }
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      all.add(new Request.UnlockFan(Granted.BY_KEY, fan, KEY_ALONE, Optional.empty(), KEY_ALONE));
    }
    all.removeIf(request -> judge.refusal(request).isPresent());
    return all.isEmpty() ? idle : consented(all, KEY_ALONE);
  }

  /** Answers this step's requests. Why one can't be taken says more than that another waits. */
  private Consent asked(Consent waiting) {
    if (inputs.requests().isEmpty()) {
      return waiting;
    }
    Consent after = waiting;
    for (Request request : inputs.requests()) {
      if (request instanceof Request.Loosening loosening) {
        Optional<Answer> refusal = judge.refusal(loosening);
        boolean free = after instanceof Consent.Idle;
        if (refusal.isEmpty() && free) {
          after = new Consent.Waiting(loosening, 0);
        }
        judge.answer(
            loosening, refusal.orElse(free ? Answer.WAITING_FOR_KEY : Answer.REFUSED_BUSY));
      }
    }
    return after;
  }
}
