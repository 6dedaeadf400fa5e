package davy.tests.proof;

import davy.controller.interlock.Event;
import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import java.util.List;
import java.util.Optional;

/**
 * The consent key, and the one request that may wait for it, as the watch notes them (S4, S25).
 *
 * @param key what the key is worth
 * @param heldNanos how long it has been pressed
 * @param asked a loosening request that was taken and not yet refused or outdated
 * @param stage how far it came
 * @param ageNanos since it came so far
 */
record ConsentNotes(
    KeyWorth key, long heldNanos, Optional<Request> asked, Stage stage, long ageNanos) {

  enum KeyWorth {
    /** Not seen released since it was lost or since start. */
    WORTHLESS,
    RELEASED,
    PRESSED
  }

  enum Stage {
    NOTHING,
    ASKED,
    /** The key was turned for it. */
    CONSENTED,
    /** The key alone was held long enough while the station was dead. */
    KEY_ALONE
  }

  static final ConsentNotes START =
      new ConsentNotes(KeyWorth.WORTHLESS, 0, Optional.empty(), Stage.NOTHING, 0);

  ConsentNotes next(Plan.Times times, Inputs inputs, long elapsed, List<Event> events) {
    long held = key == KeyWorth.PRESSED ? Notes.add(heldNanos, elapsed, times.keyStuckNanos()) : 0;
    KeyWorth now = worth(inputs.key(), held, times);
    ConsentNotes aged =
        new ConsentNotes(
            now,
            now == KeyWorth.PRESSED ? held : 0,
            asked,
            stage,
            stage == Stage.NOTHING ? 0 : Notes.add(ageNanos, elapsed, times.consentNanos()));
    if (stage != Stage.NOTHING && aged.ageNanos >= times.consentNanos()) {
      aged = aged.at(Stage.NOTHING, Optional.empty());
    }
    return aged.answered(inputs, events);
  }

  private ConsentNotes at(Stage next, Optional<Request> request) {
    return new ConsentNotes(key, heldNanos, request, next, 0);
  }

  private KeyWorth worth(Key input, long held, Plan.Times times) {
    return switch (input) {
      case UNKNOWN -> KeyWorth.WORTHLESS;
      case RELEASED -> KeyWorth.RELEASED;
      case PRESSED ->
          key == KeyWorth.WORTHLESS || held >= times.keyStuckNanos()
              ? KeyWorth.WORTHLESS
              : KeyWorth.PRESSED;
    };
  }

  /** Released, then pressed. */
  boolean pressed(Inputs inputs) {
    return key == KeyWorth.RELEASED && inputs.key() == Key.PRESSED;
  }

  /** Held long enough, let go before it counts as stuck, and nobody at the station. */
  boolean alone(Inputs inputs, Plan.Times times) {
    return key == KeyWorth.PRESSED
        && heldNanos >= times.keyAloneNanos()
        && inputs.key() == Key.RELEASED
        && !inputs.stationAlive();
  }

  private ConsentNotes answered(Inputs inputs, List<Event> events) {
    ConsentNotes notes = this;
    for (Event event : events) {
      if (event instanceof Event.Consented consented) {
        notes =
            consented.request() == Event.Granted.BY_KEY
                ? notes.at(Stage.KEY_ALONE, Optional.empty())
                : notes.at(Stage.CONSENTED, notes.asked);
      } else if (event instanceof Event.Answered answered) {
        Optional<Request> request =
            inputs.requests().stream().filter(r -> r.id() == answered.request()).findFirst();
        if (answered.answer() == Answer.WAITING_FOR_KEY && request.isPresent()) {
          notes = notes.at(Stage.ASKED, request);
        } else if (request.isEmpty()
            && notes.asked.filter(r -> r.id() == answered.request()).isPresent()) {
          notes = notes.at(Stage.NOTHING, Optional.empty());
        }
      }
    }
    return notes;
  }

  /** Consented to in an earlier step, and on disk now: may take effect. */
  boolean effective(Request request, Inputs inputs) {
    return stage == Stage.CONSENTED
        && asked.filter(request::equals).isPresent()
        && inputs.recorded().contains(request.id());
  }

  /** What the key was turned for, whether its record is on disk or not. */
  Optional<Request> consented() {
    return stage == Stage.CONSENTED ? asked : Optional.empty();
  }

  /** The one request that may take effect now. */
  Optional<Request> effective(Inputs inputs) {
    return asked.filter(request -> effective(request, inputs));
  }

  boolean keyAloneEffective(Inputs inputs) {
    return stage == Stage.KEY_ALONE && inputs.recorded().contains(Event.Granted.BY_KEY);
  }
}
