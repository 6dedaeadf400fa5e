package davy.bridge.modbus;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.modbus.RegisterImage.Part;
import davy.hal.measure.Durations;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the schedule knows of one slave: its readings, when it is due, and how it answers. */
final class SlaveState {

  /** Silences in a row after which a slave is dead: it only gets the line's probe slot. */
  static final int DEAD_AFTER = 2;

  /** The same for polls without a good reply of any kind; a board that speaks badly still hears. */
  private static final int USELESS_AFTER = 4;

  /** Spoilt replies in a row, each as two at one time are, after which two slaves are there. */
  private static final int DOUBLED = 3;

  /** How long a slave that shares its address is not believed after the last sign of it. */
  static final long SHARED_NANOS = 30_000_000_000L;

  /** How often the line stays quiet behind a slave's reply, for a second slave to be heard. */
  static final long LISTEN_NANOS = 60_000_000_000L;

  /** The same while a second slave is known of. */
  static final long LISTEN_SHARED_NANOS = 5_000_000_000L;

  private final SlavePlan plan;
  private final Decoder decoder;
  private final List<Part> parts = new ArrayList<>();

  private List<Reading> readings;
  private Tick pollDue;
  private Tick pollBegan;
  private Tick roundDue;
  private Tick probed;
  private boolean confirm;
  private long probes;
  private int silentInARow;
  private int uselessInARow;
  private int doubledInARow;
  private Optional<Tick> sharedUntil = Optional.empty();
  private Tick listenDue;
  private boolean listening;
  private long replies;
  private long silences;
  private long badFrames;
  private long exceptions;
  private long replyMicros;
  private long secondAnswers;
  private final Durations replyTimes = new Durations();

  SlaveState(SlavePlan plan, Tick now) {
    this.plan = plan;
    this.decoder = new Decoder(plan);
    this.readings = Collections.nCopies(plan.map().channels().size(), Reading.NEVER);
    this.pollDue = now;
    this.pollBegan = now;
    this.roundDue = now;
    this.probed = now;
    this.listenDue = now;
  }

  SlavePlan plan() {
    return plan;
  }

  boolean alive() {
    return silentInARow < DEAD_AFTER && (LineCosts.board(plan) || uselessInARow < USELESS_AFTER);
  }

  List<Reading> readings() {
    return readings;
  }

  Tick pollDue() {
    return pollDue;
  }

  /** A poll starts from its first block. */
  void pollBegins(Tick now) {
    parts.clear();
    pollBegan = now;
  }

  /** Its readings were not renewed: again as soon as the device may be asked. */
  void pollFails(Tick now) {
    parts.clear();
    pollDue = pollBegan.plusMillis(plan.map().timing().minPollMillis()).latest(now);
  }

  /** Everything about this slave is due, and a poll under way starts over. */
  void returns(Tick now) {
    parts.clear();
    pollDue = now;
    roundDue = now;
    listenDue = now;
  }

  Tick roundDue() {
    return roundDue;
  }

  void roundDue(Tick due) {
    roundDue = due;
  }

  Tick probed() {
    return probed;
  }

  void probeBegins(Tick now) {
    probed = now;
    pollBegan = now;
    probes++;
  }

  /** How often it was probed while dead. */
  long probes() {
    return probes;
  }

  /** A board's read-back is wanted at once, because a coil was changed. */
  boolean confirm() {
    return confirm;
  }

  void confirm(boolean wanted) {
    confirm = wanted;
  }

  /** The block that the poll under way wants next; 0 where none is. */
  int nextBlock() {
    return parts.size();
  }

  void abandonPoll() {
    parts.clear();
  }

  /** One block arrived; true when the poll is complete and new readings stand. */
  boolean block(int[] values, Tick arrival, Tick now) {
    parts.add(new Part(plan.map().blocks().get(parts.size()), values));
    if (parts.size() < plan.map().blocks().size()) {
      return false;
    }
    readings = believed(decoder.decode(new RegisterImage(parts), arrival), arrival, now);
    parts.clear();
    int every = plan.interlock() ? plan.map().timing().minPollMillis() : plan.pollMillis();
    pollDue = pollBegan.plusMillis(every).latest(now);
    return true;
  }

  /** The line is to stay quiet behind the reply that is asked for now. */
  boolean listens(Tick now) {
    listening = !now.isBefore(listenDue);
    return listening;
  }

  /**
   * A second slave has spoken: no reading of this address is believed for a while. True when that
   * was not known.
   */
  boolean shared(Tick now) {
    boolean news = !isShared(now);
    secondAnswers++;
    sharedUntil = Optional.of(now.plusNanos(SHARED_NANOS));
    listenDue = now.plusNanos(LISTEN_SHARED_NANOS);
    readings = believed(readings, now, now);
    return news;
  }

  private boolean isShared(Tick now) {
    return sharedUntil.isPresent() && now.isBefore(sharedUntil.get());
  }

  private List<Reading> believed(List<Reading> decoded, Tick arrival, Tick now) {
    return isShared(now)
        ? Collections.nCopies(
            decoded.size(), new Reading.Faulty(SensorFault.DUPLICATE_ADDRESS, arrival))
        : decoded;
  }

  /** A coil as the board reads it back: 1 energised. */
  Reading readBack(int energised, Tick arrival, Tick now) {
    return isShared(now)
        ? new Reading.Faulty(SensorFault.DUPLICATE_ADDRESS, arrival)
        : new Reading.Good(energised, arrival);
  }

  /** Counts an outcome; true when a dead slave has come back. */
  boolean count(Outcome outcome, Tick now) {
    boolean wasAlive = alive();
    boolean listened = listening;
    listening = false;
    switch (outcome) {
      case Outcome.Reply reply -> {
        replies++;
        silentInARow = 0;
        uselessInARow = 0;
        doubledInARow = 0;
        if (listened) {
          listenDue = now.plusNanos(isShared(now) ? LISTEN_SHARED_NANOS : LISTEN_NANOS);
        }
        replyMicros = reply.replyNanos() / 1_000;
        replyTimes.add(reply.replyNanos(), now);
      }
      case Outcome.Refused _ -> {
        exceptions++;
        silentInARow = 0;
        uselessInARow = 0;
      }
      case Outcome.Silence _ -> {
        silences++;
        silentInARow++;
        uselessInARow++;
      }
      case Outcome.Garbled garbled -> {
        badFrames++;
        uselessInARow++;
        doubledInARow = garbled.doubled() ? doubledInARow + 1 : 0;
        if (doubledInARow >= DOUBLED) {
          shared(now);
        }
      }
      case Outcome.Lost _ -> {}
    }
    return alive() && !wasAlive;
  }

  LineImage.SlaveHealth health() {
    return new LineImage.SlaveHealth(
        plan.name(),
        alive(),
        replies,
        silences,
        badFrames,
        exceptions,
        secondAnswers,
        replyMicros,
        replyTimes.spread());
  }

  void measureAnew() {
    replyTimes.startAnew();
  }
}
