package davy.bridge.guard;

import davy.bridge.guard.FromGuard.Drops;
import davy.bridge.guard.FromGuard.Introduced;
import davy.bridge.guard.FromGuard.Question;
import davy.bridge.guard.FromGuard.Told;
import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.Optional;

/** What was heard of the guard so far. Owned by the link's thread. */
final class GuardMemory {

  private static final long MILLI = 1_000_000L;

  private Optional<GuardImage.Identity> identity = Optional.empty();
  private Optional<GuardImage.Status> status = Optional.empty();
  private Optional<Question> question = Optional.empty();
  private Tick asked = new Tick(0);
  private Tick heard = new Tick(0);
  private Drops drops = new Drops(List.of(), List.of());
  private String port = "not opened yet";
  private int expected = -1;
  private long lostFrames;
  private long foreign;
  private long answers;
  private long skipped;

  void opened() {
    port = "";
    question = Optional.empty();
    expected = -1;
  }

  /** The port is gone; true when the reason is new. */
  boolean lost(String why) {
    boolean news = !port.equals(why);
    port = why;
    question = Optional.empty();
    return news;
  }

  void heard(GuardFrame frame, Tick now) {
    int gap = expected < 0 ? 0 : frame.sequence() - expected & 0xFF;
    lostFrames += gap < 128 ? gap : 0;
    expected = frame.sequence() + 1 & 0xFF;
    Optional<FromGuard> message = FromGuard.decode(frame);
    if (message.isEmpty()) {
      foreign++;
      return;
    }
    switch (message.get()) {
      case Introduced introduced -> identity = Optional.of(introduced.identity());
      case Told told -> {
        status = Optional.of(told.status());
        heard = now;
      }
      case Drops told -> drops = told;
      case Question fresh -> {
        if (!question.equals(Optional.of(fresh))) {
          question = Optional.of(fresh);
          asked = now;
        }
      }
    }
  }

  /** Whether the guard waits to be greeted, as far as is known. */
  boolean ungreeted() {
    return identity.isEmpty()
        || sameVersion() && status.map(GuardImage.Status::refusal).equals(VERSION);
  }

  private static final Optional<GuardCause> VERSION = Optional.of(GuardCause.VERSION);

  private boolean sameVersion() {
    return identity.map(GuardImage.Identity::major).equals(Optional.of(GuardFrame.MAJOR));
  }

  /** The open question, once its window is open by {@code marginNanos}. */
  Optional<Question> question(Tick now, long marginNanos) {
    if (!sameVersion() || question.isEmpty()) {
      return Optional.empty();
    }
    long open = identity.orElseThrow().openMillis() * MILLI + marginNanos;
    return now.nanosSince(asked) >= open ? question : Optional.empty();
  }

  void answered() {
    answers++;
  }

  void skipped() {
    skipped++;
  }

  /** When silence makes the guard LOST; long from now where it is already. */
  Tick heardUntil(Tick now) {
    Tick end = heard.plusNanos(Guard.LOST_NANOS + 1);
    return now.isBefore(end) ? end : now.plusNanos(Guard.LOST_NANOS);
  }

  GuardImage image(Tick now, long badFrames) {
    String trouble = trouble(now);
    GuardState state =
        !trouble.isEmpty()
            ? GuardState.LOST
            : status.orElseThrow().armed() ? GuardState.ARMED : GuardState.DROPPED;
    return new GuardImage(
        now,
        state,
        trouble,
        identity,
        status,
        drops.latest(),
        drops.counts(),
        new GuardImage.Link(answers, skipped, badFrames + foreign, lostFrames));
  }

  private String trouble(Tick now) {
    if (!port.isEmpty()) {
      return port;
    }
    if (status.isEmpty() || now.nanosSince(heard) > Guard.LOST_NANOS) {
      return "the guard is silent";
    }
    if (identity.isEmpty()) {
      return "the guard has not introduced itself";
    }
    if (!sameVersion()) {
      return "the guard speaks protocol version "
          + identity.get().major()
          + ", this program "
          + GuardFrame.MAJOR;
    }
    return "";
  }
}
