package davy.bridge.modbus;

import static davy.bridge.modbus.TestLine.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.SimFault;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bound holds: on lines made up at random, with deaths, garbled frames and changing coils. */
final class LineBudgetTest {

  private static final int LINES = 30;
  private static final int[] BAUDS = {9600, 19200, 57600, 115200};

  @TestFactory
  List<DynamicTest> noRandomLineExceedsItsBudget() {
    long base = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("LineBudgetTest: -Ddavy.seed=" + base);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      long seed = base + i;
      tests.add(DynamicTest.dynamicTest("seed " + seed, () -> new Trial(new Random(seed)).run()));
    }
    return tests;
  }

  @Test
  void anyNumberOfDeadSlavesCostsTheSame() {
    List<SlavePlan> plans = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      plans.add(TestLine.head("head " + i, i + 1, new Timing(8, 40, 100, 100), 1, true));
    }
    LinePlan plan = new LinePlan("line", new SerialSettings(19200, Format.F8N1), 50, plans);
    LineBudget budget = new LineBudget(plan);
    assertEquals(budget.worstGapNanos(0, 1), budget.worstGapNanos(0, 7));
    assertTrue(budget.worstGapNanos(0, 0) < budget.worstGapNanos(0, 1));
  }

  @Test
  void aLineWithMoreRefreshesThanTimeNeverPolls() {
    List<CoilPlan> coils = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      coils.add(new CoilPlan(i, 300));
    }
    SlavePlan board = TestLine.board("board", 9, new Timing(20, 80, 50, 0), coils);
    SlavePlan head = TestLine.head("head", 1, new Timing(8, 40, 100, 100), 1, true);
    LinePlan plan =
        new LinePlan("line", new SerialSettings(1200, Format.F8N1), 50, List.of(board, head));
    LineBudget budget = new LineBudget(plan);
    assertEquals(LineBudget.NEVER, budget.worstGapNanos(1, 0));
    assertTrue(budget.worstRefreshGapNanos(0) > 100 * MILLI);
  }

  @Test
  void theTermsAddUpToTheBound() {
    SlavePlan head = TestLine.head("head", 1, new Timing(8, 40, 100, 100), 2, true);
    LinePlan plan = new LinePlan("line", new SerialSettings(9600, Format.F8E1), 50, List.of(head));
    LineBudget budget = new LineBudget(plan);
    long sum = budget.gapTerms(0, 0).stream().mapToLong(LineBudget.Term::nanos).sum();
    assertEquals(budget.worstGapNanos(0, 0), sum);
  }

  @Test
  void aLineWithNothingWrongKeepsTheUsualTime() {
    Timing timing = new Timing(8, 40, 100, 100);
    List<SlavePlan> plans = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      plans.add(TestLine.head("head " + i, i + 1, timing, 1 + i % 2, i != 3));
    }
    plans.add(TestLine.board("board", 9, timing, List.of(new CoilPlan(0, 1_000))));
    SerialSettings settings = new SerialSettings(19200, Format.F8N1);
    TestLine line = new TestLine(settings, plans, Collections.nCopies(7, 8_000));
    LineBudget budget = new LineBudget(line.plan);
    line.levels = List.of(Permit.GRANTED);
    line.run(3_000 * MILLI);
    List<Optional<Tick>> last = new ArrayList<>(Collections.nCopies(6, Optional.empty()));
    long[] longest = new long[6];
    line.run(
        50_000 * MILLI, // once a minute the line listens for second slaves
        () ->
            IntStream.range(0, 6)
                .forEach(
                    head -> {
                      Optional<Tick> now = line.arrival(head);
                      long gap = last.get(head).map(now.get()::nanosSince).orElse(0L);
                      longest[head] = Math.max(longest[head], gap);
                      last.set(head, now);
                    }));
    for (int head = 0; head < 6; head++) {
      long usual = budget.usualGapNanos(head);
      assertTrue(longest[head] <= usual, longest[head] + " of " + usual);
      assertTrue(usual < budget.worstGapNanos(head, 0));
    }
  }

  /** One random line and what happens on it. */
  private static final class Trial {

    private final Random random;
    private final TestLine line;
    private final LineBudget budget;
    private final List<SlavePlan> plans = new ArrayList<>();
    private final boolean[] dead;
    private final Tick[] garbleAfter;
    private final List<Optional<Tick>> arrivals;
    private final long[] bounds;
    private final long longestGap;
    private final Map<Integer, Tick> trips = new HashMap<>();
    private final Map<Integer, Tick> refreshes = new HashMap<>();
    private Tick deathAt;
    private Tick changeAt;
    private int deaths;

    Trial(Random random) {
      this.random = random;
      int slaves = 1 + random.nextInt(7);
      List<Integer> turnarounds = new ArrayList<>();
      for (int i = 0; i < slaves; i++) {
        int most = 5 + random.nextInt(60);
        Timing timing = new Timing(2, most, random.nextInt(120), random.nextInt(150));
        plans.add(slave(i, timing));
        turnarounds.add(1_000 + random.nextInt(most * 1_000 - 1_000));
      }
      int baud = BAUDS[random.nextInt(BAUDS.length)];
      line = new TestLine(new SerialSettings(baud, Format.F8E1), plans, turnarounds);
      budget = new LineBudget(line.plan);
      dead = new boolean[slaves];
      garbleAfter = new Tick[slaves];
      arrivals = new ArrayList<>(Collections.nCopies(slaves, Optional.empty()));
      bounds = IntStream.range(0, slaves).mapToLong(i -> budget.worstGapNanos(i, 1)).toArray();
      longestGap = longest();
      deathAt = line.clock.now().plusNanos(random.nextLong(longestGap));
      changeAt = line.clock.now().plusNanos(random.nextLong(longestGap));
      for (int i = 0; i < slaves; i++) {
        garbleAfter[i] = line.clock.now().plusNanos(random.nextLong(longestGap));
      }
    }

    private SlavePlan slave(int index, Timing timing) {
      if (random.nextInt(4) == 0) {
        int pulse = random.nextBoolean() ? 1_000 : 0;
        List<CoilPlan> coils = new ArrayList<>();
        for (int coil = 0; coil <= random.nextInt(3); coil++) {
          coils.add(new CoilPlan(coil, pulse));
        }
        return TestLine.board("board " + index, index + 1, timing, coils);
      }
      boolean interlock = random.nextInt(3) > 0;
      return TestLine.head("head " + index, index + 1, timing, 1 + random.nextInt(3), interlock);
    }

    private long longest() {
      long longest = 1_000 * MILLI;
      for (int i = 0; i < plans.size(); i++) {
        longest = Math.max(longest, Math.min(bounds[i], 4_000 * MILLI));
      }
      return longest;
    }

    void run() {
      line.run(4 * longestGap, this::look);
    }

    private void look() {
      Tick now = line.clock.now();
      kill(now);
      garble(now);
      line.heard.forEach(this::heard);
      line.heard.clear();
      change(now);
      int head = 0;
      for (int i = 0; i < plans.size(); i++) {
        if (plans.get(i).coils().isEmpty()) {
          check(i, head++, now);
        }
      }
    }

    /** All that die, die at one moment; never the last one. */
    private void kill(Tick now) {
      if (deaths > 0 || now.isBefore(deathAt)) {
        return;
      }
      deaths = 1;
      boolean all = random.nextInt(3) == 0;
      for (int i = 1; i < dead.length; i++) {
        if (all || random.nextBoolean()) {
          dead[i] = true;
          line.slaves.get(i).fault(SimFault.SILENT);
        }
      }
    }

    /** One frame of a slave in each of its gaps at most. */
    private void garble(Tick now) {
      for (int i = 0; i < dead.length; i++) {
        if (!dead[i] && !now.isBefore(garbleAfter[i])) {
          line.slaves.get(i).faultOnce(new SimFault.WrongCrc());
          long apart = Math.min(bounds[i], 4_000 * MILLI);
          garbleAfter[i] = now.plusNanos(2 * apart + random.nextLong(apart));
        }
      }
    }

    private void change(Tick now) {
      if (line.levels.isEmpty() || now.isBefore(changeAt)) {
        return;
      }
      List<Permit> wanted = new ArrayList<>();
      for (int i = 0; i < line.levels.size(); i++) {
        wanted.add(random.nextBoolean() ? Permit.GRANTED : Permit.WITHHELD);
      }
      for (int i = 0; i < wanted.size(); i++) {
        boolean trip = wanted.get(i) == Permit.WITHHELD && line.levels.get(i) == Permit.GRANTED;
        if (trip) {
          trips.put(i, now);
        }
        if (wanted.get(i) != line.levels.get(i)) {
          refreshes.remove(i);
        }
      }
      line.drive(wanted);
      changeAt = now.plusNanos(longestGap + random.nextLong(longestGap));
    }

    /** A trip's first frame, and the refreshes of a pulse, against their bounds. */
    private void heard(TestLine.Heard heard) {
      byte[] frame = heard.frame();
      int slave = frame[0] - 1;
      if (frame.length != 8 || frame[1] != 5 || dead[slave]) {
        return;
      }
      int coil = frame[3];
      for (int i = 0; i < slave; i++) {
        coil += plans.get(i).coils().size();
      }
      if (frame[2] == 0 && frame[4] == 0) {
        Tick asked = trips.remove(coil);
        if (asked != null) {
          long took = heard.lastByte().nanosSince(asked);
          assertTrue(took <= budget.worstWriteNanos(slave, 1), "a trip took " + took);
        }
      } else if (frame[2] == 2) {
        long bound = budget.worstRefreshGapNanos(slave);
        Tick before = refreshes.put(coil, heard.lastByte());
        if (before != null && bound <= 1_000 * MILLI / 3) {
          long gap = heard.lastByte().nanosSince(before);
          assertTrue(gap <= bound, "a refresh after " + gap + " > " + bound);
        }
      }
    }

    private void check(int slave, int reading, Tick now) {
      Optional<Tick> arrival = line.arrival(reading);
      Optional<Tick> before = arrivals.get(slave);
      long bound = bounds[slave];
      if (!dead[slave] && bound < LineBudget.NEVER && before.isPresent()) {
        long gap = now.nanosSince(before.get());
        assertTrue(gap <= bound, plans.get(slave).name() + ": " + gap + " > " + bound);
      }
      arrivals.set(slave, arrival);
    }
  }
}
