package davy.controller.replay;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.journal.JournalRecord;
import davy.controller.recording.StepJson;
import davy.controller.recording.StepJson.Step;
import davy.controller.recording.ValueJson;
import davy.controller.recording.ValueJson.Unlike;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The interlock of today, led through recorded steps. One thread. */
public final class Player {

  private final Plan plan;
  private final String digest;
  private State state;
  private Inputs before;
  private Tick at;

  /**
   * One step made again.
   *
   * @param at the tick of its scan
   */
  public record Played(Tick at, Inputs inputs, Decision decision) {}

  /**
   * @param begin a record {@code inputs.begin}
   * @param instead a plan to decide by instead of the recorded one
   * @throws Unlike where it was recorded by another version in another form
   */
  public Player(JournalRecord begin, Optional<Plan> instead) throws Unlike {
    this.plan = plan(begin, instead);
    this.digest = begin.text("digest").orElse("");
    Optional<Object> saved = field(begin, "saved");
    this.state =
        saved.isPresent()
            ? State.start(plan, ValueJson.read(Saved.class, saved.get()))
            : ValueJson.read(State.class, field(begin, "state").orElse(Map.of()));
    this.before = StepJson.blank(plan);
    this.at = new Tick(begin.tick());
  }

  private static Plan plan(JournalRecord begin, Optional<Plan> instead) throws Unlike {
    Object recorded = field(begin, "plan").orElse(Map.of());
    if (instead.isEmpty()) {
      return ValueJson.read(Plan.class, recorded);
    }
    for (String part : List.of("points", "zones", "fans")) {
      if (!names(recorded, part).equals(names(ValueJson.write(instead.get()), part))) {
        throw new Unlike("the site given has other " + part + " than the one recorded");
      }
    }
    return instead.get();
  }

  private static List<Object> names(Object plan, String part) {
    List<Object> names = new ArrayList<>();
    if (plan instanceof Map<?, ?> parts && parts.get(part) instanceof List<?> all) {
      all.forEach(one -> names.add(one instanceof Map<?, ?> named ? named.get("name") : one));
    }
    return names;
  }

  private static Optional<Object> field(JournalRecord record, String name) {
    return Optional.ofNullable(record.fields().get(name));
  }

  public Plan plan() {
    return plan;
  }

  /** Of the site, as recorded. */
  public String digest() {
    return digest;
  }

  /** The tick up to which it has played. */
  public Tick at() {
    return at;
  }

  /** Whether a later {@code inputs.begin} of the same run goes on where this player stands. */
  public boolean standsAt(JournalRecord begin) {
    return begin.tick() == at.nanos() && field(begin, "saved").isEmpty();
  }

  /**
   * Goes on with the steps behind a later {@code inputs.begin}, with its own state.
   *
   * @return whether that is the recorded one, part by part
   */
  public boolean goOn(JournalRecord begin) {
    before = StepJson.blank(plan);
    return field(begin, "state").equals(Optional.of(ValueJson.write(state)));
  }

  /**
   * Makes the steps of a record {@code inputs}.
   *
   * @return false where steps are missing before it: nothing was played, nor can be from here on
   * @throws Unlike where it was recorded by another version in another form
   */
  public boolean play(JournalRecord record, Consumer<Played> to) throws Unlike {
    List<Step> steps = new ArrayList<>();
    Inputs last = before;
    long elapsed = 0;
    if (!(field(record, "steps").orElse("") instanceof List<?> all)) {
      throw new Unlike("a record of inputs without steps");
    }
    for (Object json : all) {
      Step step = StepJson.read(last, json);
      last = step.inputs();
      elapsed += step.elapsedNanos();
      steps.add(step);
    }
    if (at.nanos() + elapsed != record.tick()) {
      return false;
    }
    for (Step step : steps) {
      at = at.plusNanos(step.elapsedNanos());
      Decision decision = Interlock.step(plan, state, step.inputs(), step.elapsedNanos());
      state = decision.next();
      to.accept(new Played(at, step.inputs(), decision));
    }
    before = last;
    return true;
  }
}
