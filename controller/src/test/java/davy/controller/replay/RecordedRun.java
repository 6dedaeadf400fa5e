package davy.controller.replay;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.recording.Recorder;
import davy.controller.scan.EventEntries;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** The interlock itself on random inputs, recorded by a journal that sometimes takes nothing. */
public final class RecordedRun {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  static final Tick START = new Tick(77 * SECOND);

  /** So long everything is good, so long anything may be. */
  private static final int CALM_STEPS = 300;

  final List<Entry> entries = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private boolean full;
  private boolean calm;
  private final Random random;
  private List<PointInput> points =
      List.of(new PointInput.Good(new Methane(40), true), new PointInput.Stale());
  private Key key = Key.RELEASED;
  private long id;

  private RecordedRun(Random random) {
    this.random = random;
  }

  /** Of a random seed, which is printed. */
  public static RecordedRun seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new RecordedRun(new Random(seed));
  }

  public static Plan plan() {
    Plan.Point point =
        new Plan.Point("T1", new Methane(100), new Methane(150), new Methane(100), false, SECOND);
    Plan.Point other =
        new Plan.Point("T2", new Methane(100), new Methane(100), new Methane(100), true, SECOND);
    Plan.Zone zone =
        new Plan.Zone(
            "Z1",
            List.of(Plan.Group.of(0), Plan.Group.of(1)),
            Plan.Release.AUTOMATIC,
            true,
            SECOND,
            SECOND,
            OptionalInt.empty());
    return new Plan(
        List.of(point, other),
        List.of(zone),
        List.of(),
        new Plan.Times(
            SECOND,
            3,
            SECOND,
            new Methane(-10),
            SECOND,
            30 * SECOND,
            3 * SECOND,
            10 * SECOND,
            SECOND,
            SECOND,
            SECOND,
            10 * SECOND),
        new Plan.Bypasses(0, false, 0, 0, Optional.empty()),
        new Plan.Fitted(true, false));
  }

  private long take(Entry entry) {
    if (full) {
      return -1;
    }
    entries.add(entry);
    return entries.size();
  }

  private PointInput point(PointInput before) {
    if (calm) {
      return new PointInput.Good(new Methane(39 + random.nextInt(3)), random.nextBoolean());
    }
    return switch (random.nextInt(60)) {
      case 0 -> new PointInput.Stale();
      case 1 -> new PointInput.OverRange();
      case 2 -> new PointInput.Faulty(SensorFault.WARM_UP);
      case 3 -> new PointInput.Good(new Methane(150), true);
      case 4, 5, 6, 7, 8 -> new PointInput.Good(new Methane(40), true);
      default ->
          before instanceof PointInput.Good good
              ? new PointInput.Good(good.value(), random.nextBoolean())
              : before;
    };
  }

  private List<Request> requests() {
    id++;
    int dice = random.nextInt(40);
    if (dice == 0 && !calm) {
      return List.of(new Request.PanelTrip(id, 0, "zhang"));
    }
    if (dice < 3) {
      resets.add(id);
      return List.of(new Request.Reset(id, 0, "li", Optional.of(new Methane(30)), true));
    }
    return List.of();
  }

  private Inputs inputs() {
    points = points.stream().map(this::point).toList();
    key = random.nextInt(20) > 0 ? key : key == Key.PRESSED ? Key.RELEASED : Key.PRESSED;
    Feed feed = random.nextInt(20) == 0 ? Feed.LIVE : Feed.DEAD;
    int recorded = Math.max(0, resets.size() - random.nextInt(20));
    return new Inputs(
        points,
        List.of(new ZoneInput(OutputState.OFF, feed)),
        List.of(),
        GuardState.LOST,
        key,
        requests(),
        List.copyOf(resets.subList(recorded, resets.size())),
        random.nextBoolean(),
        false);
  }

  /**
   * Decides and records.
   *
   * @param fullFrom the journal takes nothing from this step on
   * @param fullTo up to this one
   * @return how many decisions it took
   */
  public long run(int steps, int fullFrom, int fullTo) {
    Plan plan = plan();
    State state = State.start(plan, Saved.nothing(plan));
    EventEntries events = new EventEntries(plan, "digest");
    Recorder recorder = new Recorder(plan, "digest", Saved.nothing(plan), START, this::take);
    Tick now = START;
    long decisions = 0;
    for (int step = 0; step < steps; step++) {
      full = step >= fullFrom && step < fullTo;
      calm = step / CALM_STEPS % 2 == 1;
      long elapsed = random.nextLong(100 * MILLI);
      now = now.plusNanos(elapsed);
      Inputs inputs = inputs();
      Decision decision = Interlock.step(plan, state, inputs, elapsed);
      state = decision.next();
      recorder.record(elapsed, inputs, state, !decision.events().isEmpty());
      for (Event event : decision.events()) {
        Optional<Entry> entry = events.of(event, now, now.plusNanos(random.nextInt(1_000)));
        decisions += entry.map(this::take).filter(ticket -> ticket > 0).isPresent() ? 1 : 0;
      }
    }
    recorder.close();
    return decisions;
  }

  /** Writes it as a journal into a folder that is made. */
  public Path written(Path where) throws IOException {
    Journal journal = Journal.open(where, 1L << 30, () -> START);
    Tick now = START;
    for (Entry entry : entries) {
      while (journal.offer(entry) < 0) {
        now = now.plusMillis(1_000);
        journal.work(now);
      }
    }
    journal.close();
    return where;
  }
}
