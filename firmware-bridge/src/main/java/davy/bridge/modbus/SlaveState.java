package davy.bridge.modbus;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.modbus.RegisterImage.Part;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the schedule knows of one slave: its readings, when it is due, and how it answers. */
final class SlaveState {

  /** Silences in a row after which a slave is dead: it only gets the line's probe slot. */
  static final int DEAD_AFTER = 2;

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
  private long replies;
  private long silences;
  private long badFrames;
  private long exceptions;
  private long replyMicros;

  SlaveState(SlavePlan plan, Tick now) {
    this.plan = plan;
    this.decoder = new Decoder(plan);
    this.readings = Collections.nCopies(plan.map().channels().size(), Reading.NEVER);
    this.pollDue = now;
    this.pollBegan = now;
    this.roundDue = now;
    this.probed = now;
  }

  SlavePlan plan() {
    return plan;
  }

  boolean alive() {
    return silentInARow < DEAD_AFTER;
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
    parts.add(Part.of(plan.map().blocks().get(parts.size()), values));
    if (parts.size() < plan.map().blocks().size()) {
      return false;
    }
    readings = decoder.decode(new RegisterImage(parts), arrival);
    parts.clear();
    int every = plan.interlock() ? plan.map().timing().minPollMillis() : plan.pollMillis();
    pollDue = pollBegan.plusMillis(every).latest(now);
    return true;
  }

  /** Counts an outcome; true when a dead slave has come back. */
  boolean count(Outcome outcome) {
    boolean wasAlive = alive();
    switch (outcome) {
      case Outcome.Reply reply -> {
        replies++;
        silentInARow = 0;
        replyMicros = reply.replyNanos() / 1_000;
      }
      case Outcome.Refused _ -> {
        exceptions++;
        silentInARow = 0;
      }
      case Outcome.Silence _ -> {
        silences++;
        silentInARow++;
      }
      case Outcome.Garbled _ -> badFrames++;
      case Outcome.Lost _ -> {}
    }
    return alive() && !wasAlive;
  }

  LineImage.SlaveHealth health() {
    return new LineImage.SlaveHealth(
        plan.name(), alive(), replies, silences, badFrames, exceptions, replyMicros);
  }
}
