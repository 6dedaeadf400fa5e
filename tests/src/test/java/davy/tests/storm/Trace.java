package davy.tests.storm;

import davy.hal.signal.Tick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** What happened last, line by line, for the person who has to find out why. */
final class Trace {

  private static final int LINES = 200;

  private final boolean loud;
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * @param loud print every line as it comes
   */
  Trace(boolean loud) {
    this.loud = loud;
  }

  void tell(Tick at, String what) {
    String line = String.format(Locale.ROOT, "%12.4f  %s", at.nanos() / 1e9, what);
    if (loud) {
      System.out.println(line);
    }
    lines.addLast(line);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  String last() {
    return String.join(System.lineSeparator(), lines);
  }
}
