package davy.controller.command;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lines that change while a command runs: drawn over themselves on a terminal. Where there is none,
 * only what is new is printed once, and the whole at the end.
 */
final class LiveScreen {

  private static final long REDRAW_NANOS = 200_000_000L;

  /** Up so many lines, then clear to the end of the screen. */
  private static final String OVER = "\u001b[%dA\u001b[J";

  private static final int BAR = 30;

  private final PrintWriter out;
  private final boolean terminal;
  private final Set<String> told = new HashSet<>();
  private int drawn;
  private long drawnAt = Long.MIN_VALUE / 2;

  /**
   * @param terminal whether a person sees it come
   */
  LiveScreen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /**
   * Shows the present state, a few times a second at most.
   *
   * @param news kept for who sees no screen: each line is printed once
   */
  void show(List<String> lines, List<String> news, long nowNanos) {
    if (!terminal) {
      news.stream().filter(told::add).forEach(out::println);
      out.flush();
    } else if (nowNanos - drawnAt >= REDRAW_NANOS) {
      drawnAt = nowNanos;
      draw(lines);
    }
  }

  /** Shows the last state, which stays. */
  void end(List<String> lines) {
    draw(lines);
    drawn = 0;
  }

  private void draw(List<String> lines) {
    if (terminal && drawn > 0) {
      out.printf(OVER, drawn);
    }
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
  }

  /** {@code [######........] 43 %}. */
  static String bar(long done, long all) {
    int full = (int) (BAR * done / all);
    return "[%s%s] %3d %%".formatted("#".repeat(full), ".".repeat(BAR - full), 100 * done / all);
  }
}
