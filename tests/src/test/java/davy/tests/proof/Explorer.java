package davy.tests.proof;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Visits every state that the real step can reach on one small plan, together with what the watch
 * notes of it, and checks every rule in every transition. A restart is a move like any other. Then
 * it looks back: from every state good inputs and people's acts must lead to power again.
 */
public final class Explorer {

  /**
   * A plan small enough to visit whole.
   *
   * @param step the time that goes by in every step, nanoseconds
   * @param starts what earlier runs may have left
   */
  public record Field(
      String name, Plan plan, long step, List<Saved> starts, List<Move> moves, boolean restarts) {}

  /**
   * @param depth steps to the state farthest from the start
   * @param granted states in which every zone has power
   * @param stuck states from which no good way leads to power
   */
  public record Figures(
      String name,
      int states,
      long transitions,
      int depth,
      int granted,
      int stuck,
      double seconds) {

    /** Power can be reached, and from every state again. */
    public void assertSound() {
      if (granted == 0) {
        throw new AssertionError(name + ": power can't be reached at all");
      }
      if (stuck > 0) {
        throw new AssertionError(name + ": " + stuck + " states without a way back to power");
      }
    }

    @Override
    public String toString() {
      return String.format(
          "explored %-14s %8d states %10d transitions, depth %3d, to closure, %6.1f s",
          name, states, transitions, depth, seconds);
    }
  }

  private record Node(State state, Watch watch, int number, int depth) {}

  private final Field field;
  private final Interner interner = new Interner();
  private final Deque<Node> todo = new ArrayDeque<>();
  private int[] parent = new int[1 << 12];
  private short[] move = new short[1 << 12];
  private boolean[] powered = new boolean[1 << 12];
  private final IntPairs good = new IntPairs();
  private long transitions;
  private int depth;

  private Explorer(Field field) {
    this.field = field;
  }

  public static Figures explore(Field field) {
    return new Explorer(field).run();
  }

  private Figures run() {
    long began = System.nanoTime();
    for (Saved saved : field.starts()) {
      State state = State.start(field.plan(), saved);
      visit(state, Watch.start(field.plan(), saved), -1, -1, 0);
    }
    while (!todo.isEmpty()) {
      expand(todo.pollFirst());
    }
    int granted = 0;
    for (int number = 0; number < interner.size(); number++) {
      granted += powered[number] ? 1 : 0;
    }
    int stuck = granted == 0 ? interner.size() : stuck();
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Figures(field.name(), interner.size(), transitions, depth, granted, stuck, seconds);
  }

  private void expand(Node node) {
    for (int index = 0; index < field.moves().size(); index++) {
      Move next = field.moves().get(index);
      transitions++;
      Decision decision;
      Turn turn;
      try {
        Inputs inputs = next.inputs(node.watch());
        decision = Interlock.step(field.plan(), node.state(), inputs, field.step());
        turn = Turn.of(field.plan(), node.watch(), inputs, field.step(), decision);
        turn.check();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(e + trace(node.number(), index), e);
      }
      int number = visit(decision.next(), turn.after(), node.number(), index, node.depth() + 1);
      if (next.good()) {
        good.add(number, node.number());
      }
    }
    if (field.restarts()) {
      State state = State.start(field.plan(), node.state().saved());
      visit(
          state,
          node.watch().restarted(field.plan()),
          node.number(),
          field.moves().size(),
          node.depth() + 1);
    }
  }

  private int visit(State state, Watch watch, int from, int by, int steps) {
    int number = interner.number(state, watch);
    if (number >= 0) {
      return number;
    }
    number = -1 - number;
    if (number == parent.length) {
      parent = Arrays.copyOf(parent, 2 * number);
      move = Arrays.copyOf(move, 2 * number);
      powered = Arrays.copyOf(powered, 2 * number);
    }
    parent[number] = from;
    depth = Math.max(depth, steps);
    move[number] = (short) by;
    powered[number] = watch.zones().stream().allMatch(ZoneNotes::granted);
    todo.add(new Node(state, watch, number, steps));
    return number;
  }

  /** The way from the start to a transition, for a person to read. */
  private String trace(int number, int last) {
    StringBuilder text = new StringBuilder();
    text.insert(0, "\n  " + name(last));
    for (int at = number; parent[at] >= 0; at = parent[at]) {
      text.insert(0, "\n  " + name(move[at]));
    }
    return "\nin " + field.name() + " after" + text;
  }

  private String name(int index) {
    return index == field.moves().size() ? "(restart)" : field.moves().get(index).name();
  }

  /** Counts the states from which no good moves lead to power everywhere. */
  private int stuck() {
    boolean[] saved = Arrays.copyOf(powered, interner.size());
    int[][] back = good.bySource(interner.size());
    Deque<Integer> open = new ArrayDeque<>();
    for (int number = 0; number < saved.length; number++) {
      if (saved[number]) {
        open.add(number);
      }
    }
    while (!open.isEmpty()) {
      for (int before : back[open.poll()]) {
        if (!saved[before]) {
          saved[before] = true;
          open.add(before);
        }
      }
    }
    int stuck = 0;
    for (int number = 0; number < saved.length; number++) {
      if (!saved[number] && stuck++ == 0) {
        System.out.println("no way back to power: " + trace(number, move[number]));
      }
    }
    return stuck;
  }

  /** Many pairs of small numbers. */
  private static final class IntPairs {
    private int[] pairs = new int[1 << 12];
    private int size;

    void add(int source, int target) {
      if (size + 2 > pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * pairs.length);
      }
      pairs[size++] = source;
      pairs[size++] = target;
    }

    int[][] bySource(int sources) {
      int[] count = new int[sources];
      for (int at = 0; at < size; at += 2) {
        count[pairs[at]]++;
      }
      int[][] targets = new int[sources][];
      for (int source = 0; source < sources; source++) {
        targets[source] = new int[count[source]];
      }
      for (int at = 0; at < size; at += 2) {
        targets[pairs[at]][--count[pairs[at]]] = pairs[at + 1];
      }
      return targets;
    }
  }
}
