package davy.tests.kernel;

import davy.hal.sim.SimPin.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The world around an emulated chip: answers the guest's questions about pins. A level comes from
 * the chip's registers and from QEMU's word on each change of an output, never from the guest.
 *
 * <p>QEMU can't short-circuit an output. A hold on a driven pin therefore writes the chip's output
 * register behind the kernel's back: the pin shows another level than was commanded all the same.
 */
final class Bench implements Qtest.Watcher {

  private static final int LINES = 8;

  private record Watch(List<Boolean> levels, boolean[] last) {}

  private final Map<Integer, Watch> watches = new HashMap<>();
  private final Map<Integer, Boolean> held = new HashMap<>();

  /** Of QEMU's reader; what it says has been said before the answer to any later question. */
  @Override
  public void changed(int line, boolean high) {
    note(line, high);
  }

  private synchronized void note(int line, boolean high) {
    Watch watch = watches.get(line);
    if (watch != null && watch.last[0] != high) {
      watch.last[0] = high;
      watch.levels.add(high);
    }
  }

  private synchronized void forget() {
    watches.clear();
    held.clear();
  }

  /**
   * @param question a word, a line and a level, as far as the word needs them
   */
  String answer(Chip chip, String question) {
    String[] words = question.split(" ");
    if (words[0].equals("power-up")) {
      powerUp(chip);
      return "done";
    }
    int line = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "watch" -> {
        chip.align(line);
        watch(line, chip.high(line));
      }
      case "resistor" -> chip.outside(line, high(words[2]));
      case "register" -> chip.register(line, high(words[2]));
      case "hold" -> hold(chip, line, Level.valueOf(words[2]));
      default -> {}
    }
    boolean high = chip.high(line);
    note(line, high);
    return words[0].equals("levels") ? levels(line) : Boolean.toString(high);
  }

  private void powerUp(Chip chip) {
    forget();
    for (int line = 0; line < LINES; line++) {
      chip.letGo(line);
      chip.outside(line, false);
    }
  }

  private synchronized void watch(int line, boolean high) {
    watches.put(line, new Watch(new ArrayList<>(), new boolean[] {high}));
  }

  private synchronized String levels(int line) {
    List<Boolean> levels = watches.get(line).levels;
    return levels.isEmpty()
        ? "none"
        : levels.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private void hold(Chip chip, int line, Level level) {
    if (!chip.driven(line)) {
      chip.outside(line, level == Level.HIGH);
    } else if (level == Level.FLOATING) {
      chip.register(line, held.remove(line));
    } else {
      held.put(line, chip.high(line));
      chip.register(line, level == Level.HIGH);
    }
  }

  private static boolean high(String level) {
    return Level.valueOf(level) == Level.HIGH;
  }
}
