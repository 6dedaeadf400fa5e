package davy.hal.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * One pin of a GPIO chip as a voltmeter sees it. The strongest wins: what the world holds it to,
 * then an output stage, then the external resistor, then the chip's own pull; with none it is low.
 */
public final class SimPin {

  /** What one party does to the pin. */
  public enum Level {
    FLOATING,
    LOW,
    HIGH
  }

  /** Told at every change of the pin's level, in the thread that caused it. */
  @FunctionalInterface
  public interface Watcher {
    void changed(boolean high);
  }

  private final List<Watcher> watchers = new ArrayList<>();
  private Level world = Level.FLOATING;
  private Level output = Level.FLOATING;
  private Level resistor = Level.FLOATING;
  private Level pull = Level.FLOATING;
  private boolean high;

  /** The voltage, whoever causes it. */
  public boolean high() {
    return high;
  }

  /** The world's contact or short circuit; {@code FLOATING} lets go. */
  public void hold(Level level) {
    world = level;
    settle();
  }

  /** An external resistor, as a relay board has one to stay off. */
  public void resistor(Level level) {
    resistor = level;
    settle();
  }

  /** The chip's output stage; {@code FLOATING} when the line is an input or released. */
  public void output(Level level) {
    output = level;
    settle();
  }

  /** The chip's own weak pull. */
  public void pull(Level level) {
    pull = level;
    settle();
  }

  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  private void settle() {
    boolean now = false;
    for (Level level : List.of(pull, resistor, output, world)) {
      now = level == Level.FLOATING ? now : level == Level.HIGH;
    }
    if (now != high) {
      high = now;
      watchers.forEach(watcher -> watcher.changed(high));
    }
  }
}
