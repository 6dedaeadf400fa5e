package davy.controller.link;

import davy.controller.config.Person;
import davy.controller.config.Persons;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks persons and PINs on a thread of its own, for a check takes long by design. Five wrong PINs
 * in a row lock a person out for 5 minutes of monotonic time (S4).
 */
final class PinCheck implements AutoCloseable {

  static final int WRONG_PINS = 5;
  static final long LOCK_OUT_NANOS = 300_000_000_000L;
  private static final int QUESTIONS = 4;

  private final Persons persons;
  private final Clock clock;
  private final BlockingQueue<Question> questions = new ArrayBlockingQueue<>(QUESTIONS);
  private final ConcurrentLinkedQueue<Checked> finished = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Failures> failures = new HashMap<>();
  private final Thread thread;

  /** A request whose persons are to be checked. */
  record Question(Desk.Caller caller, Outcome.Asked asked, PanelRequest.Signed signed) {}

  record Checked(Question question, Verdict verdict) {}

  sealed interface Verdict {}

  record Known(Person person) implements Verdict {
    Outcome.Asked of(Outcome.Asked asked) {
      return new Outcome.Asked(
          asked.socket(),
          asked.id(),
          asked.kind(),
          asked.about(),
          asked.person(),
          asked.second(),
          person.words());
    }
  }

  record Refused(Refusal why, String text) implements Verdict {}

  /** Wrong PINs in a row, and when the last one came. */
  private record Failures(int count, Tick last) {}

  PinCheck(Persons persons, Clock clock) {
    this.persons = persons;
    this.clock = clock;
    this.thread = LinkThread.start("davy-pin", this::run);
  }

  /** False when too many wait. */
  boolean submit(Question question) {
    boolean taken = questions.offer(question);
    if (taken) {
      open.incrementAndGet();
    }
    return taken;
  }

  boolean busy() {
    return open.get() > 0;
  }

  List<Checked> finished() {
    List<Checked> all = new ArrayList<>();
    for (Checked one = finished.poll(); one != null; one = finished.poll()) {
      all.add(one);
      open.decrementAndGet();
    }
    return all;
  }

  private void run() {
    try {
      while (true) {
        Question question = questions.take();
        finished.add(new Checked(question, judge(question.signed(), clock.now())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Pin thread. The verdict on the first person, unless it is the second one who is refused. */
  private Verdict judge(PanelRequest.Signed signed, Tick now) {
    boolean anyone = signed.wish().tightens();
    Verdict first = judge(signed.by(), anyone, now);
    if (signed.second().isEmpty() || first instanceof Refused) {
      return first;
    }
    if (signed.second().get().person().equals(signed.by().person())) {
      return refused(Refusal.SAME_PERSON);
    }
    Verdict second = judge(signed.second().get(), anyone, now);
    return second instanceof Refused ? second : first;
  }

  private Verdict judge(PanelRequest.Signature signature, boolean anyone, Tick now) {
    String name = signature.person();
    if (!persons.trouble().isEmpty()) {
      return new Refused(Refusal.NO_PERSONS, Refusal.NO_PERSONS.text() + ": " + persons.trouble());
    }
    Optional<Person> person = persons.named(name);
    if (person.isEmpty()) {
      Pin.compareWithNobody(signature.pin());
      return refused(Refusal.WRONG_PERSON_OR_PIN);
    }
    if (lockedOut(name, now)) {
      return refused(Refusal.LOCKED_OUT);
    }
    if (!Pin.matches(person.get(), signature.pin())) {
      failures.merge(name, new Failures(1, now), (a, _) -> new Failures(a.count() + 1, now));
      return refused(lockedOut(name, now) ? Refusal.LOCKED_OUT : Refusal.WRONG_PERSON_OR_PIN);
    }
    failures.remove(name);
    return anyone || person.get().mayReset()
        ? new Known(person.get())
        : refused(Refusal.NOT_ALLOWED);
  }

  private boolean lockedOut(String name, Tick now) {
    Failures found = failures.getOrDefault(name, new Failures(0, now));
    if (found.count() < WRONG_PINS) {
      return false;
    }
    if (now.nanosSince(found.last()) < LOCK_OUT_NANOS) {
      return true;
    }
    failures.remove(name);
    return false;
  }

  private static Refused refused(Refusal why) {
    return new Refused(why, why.text());
  }

  @Override
  public void close() {
    thread.interrupt();
    LinkThread.join(thread);
  }
}
