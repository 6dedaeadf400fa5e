package davy.controller.interlock;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of causes.
 *
 * @param bits bit n is the cause of ordinal n
 */
public record Causes(int bits) {

  public static final Causes NONE = new Causes(0);

  private static final Cause[] ALL = Cause.values();

  public static Causes of(Cause... causes) {
    Causes set = NONE;
    for (Cause cause : causes) {
      set = set.with(cause);
    }
    return set;
  }

  public boolean none() {
    return bits == 0;
  }

  public boolean has(Cause cause) {
    return (bits & 1 << cause.ordinal()) != 0;
  }

  public Causes with(Cause cause) {
    return with(new Causes(1 << cause.ordinal()));
  }

  public Causes with(Causes others) {
    int union = bits | others.bits;
    return union == bits ? this : new Causes(union);
  }

  public Causes without(Causes others) {
    int left = bits & ~others.bits;
    return left == bits ? this : left == 0 ? NONE : new Causes(left);
  }

  /** Those of this set that only a named person may release. */
  public Causes needingPerson() {
    Causes some = NONE;
    for (Cause cause : ALL) {
      if (has(cause) && cause.needsPerson()) {
        some = some.with(cause);
      }
    }
    return some;
  }

  public List<Cause> list() {
    if (none()) {
      return List.of();
    }
    List<Cause> list = new ArrayList<>();
    for (Cause cause : ALL) {
      if (has(cause)) {
        list.add(cause);
      }
    }
    return List.copyOf(list);
  }

  /** {@code METHANE_HIGH+SENSOR_STALE}, or {@code -} for none. */
  @Override
  public String toString() {
    if (none()) {
      return "-";
    }
    StringJoiner joiner = new StringJoiner("+");
    list().forEach(cause -> joiner.add(cause.name()));
    return joiner.toString();
  }
}
