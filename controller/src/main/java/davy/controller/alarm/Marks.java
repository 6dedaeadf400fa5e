package davy.controller.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of marks.
 *
 * @param bits bit n is the mark of ordinal n
 */
public record Marks(int bits) {

  public static final Marks NONE = new Marks(0);

  private static final Mark[] ALL = Mark.values();

  public static Marks of(Mark... marks) {
    Marks set = NONE;
    for (Mark mark : marks) {
      set = set.with(mark);
    }
    return set;
  }

  public boolean none() {
    return bits == 0;
  }

  public boolean has(Mark mark) {
    return (bits & 1 << mark.ordinal()) != 0;
  }

  public Marks with(Mark mark) {
    return has(mark) ? this : new Marks(bits | 1 << mark.ordinal());
  }

  public boolean meets(Marks others) {
    return (bits & others.bits) != 0;
  }

  public List<Mark> list() {
    List<Mark> list = new ArrayList<>();
    for (Mark mark : ALL) {
      if (has(mark)) {
        list.add(mark);
      }
    }
    return List.copyOf(list);
  }

  /** {@code FLAT_LINE+STEP_DOWN}, or {@code -} for none. */
  @Override
  public String toString() {
    if (none()) {
      return "-";
    }
    StringJoiner joiner = new StringJoiner("+");
    list().forEach(mark -> joiner.add(mark.name()));
    return joiner.toString();
  }
}
