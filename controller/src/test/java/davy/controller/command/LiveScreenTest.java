package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees while a command runs, on a terminal and without one. */
final class LiveScreenTest {

  private static final long SECOND = 1_000_000_000L;

  private final StringWriter out = new StringWriter();

  private LiveScreen screen(boolean terminal) {
    return new LiveScreen(new PrintWriter(out), terminal);
  }

  private String said() {
    return out.toString().replace(System.lineSeparator(), "/");
  }

  @Test
  void onATerminalTheTableIsDrawnOverItselfAFewTimesASecond() {
    LiveScreen screen = screen(true);
    screen.show(List.of("a 1", "b 1"), List.of("news"), 0);
    screen.show(List.of("a 2", "b 2"), List.of("news"), SECOND / 20);
    screen.show(List.of("a 3", "b 3"), List.of("news"), SECOND);
    screen.end(List.of("a 4", "b 4"));
    assertEquals("a 1/b 1/\u001b[2A\u001b[Ja 3/b 3/\u001b[2A\u001b[Ja 4/b 4/", said());
  }

  @Test
  void elsewhereEachKindOfTroubleIsPrintedOnceAndTheTableAtTheEnd() {
    LiveScreen screen = screen(false);
    screen.show(List.of("a 1"), List.of(), 0);
    screen.show(List.of("a 2"), List.of("a does not answer"), SECOND);
    screen.show(List.of("a 3"), List.of("a does not answer", "a refuses"), 2 * SECOND);
    screen.end(List.of("a 3"));
    assertEquals("a does not answer/a refuses/a 3/", said());
  }

  @Test
  void theBarFillsUp() {
    assertEquals("[..............................]   0 %", LiveScreen.bar(0, 494));
    assertEquals("[###############...............]  50 %", LiveScreen.bar(247, 494));
    assertEquals("[##############################] 100 %", LiveScreen.bar(494, 494));
  }
}
