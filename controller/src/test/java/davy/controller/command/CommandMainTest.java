package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class CommandMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpAndVersionAreSuccesses() {
    assertEquals(Exit.OK, run("--version"));
    assertTrue(out.toString().matches("davy \\d+\\.\\d+\\.\\d+.*\\R"), out.toString());
    assertEquals(Exit.OK, run("--help"));
    assertTrue(out.toString().contains("COMMAND"), out.toString());
  }

  @Test
  void anUnknownOptionAnUnknownCommandAndNoCommandAreMisuses() {
    assertEquals(Exit.USAGE, run("--strange"));
    assertEquals(Exit.USAGE, run("strange"));
    assertEquals(Exit.USAGE, run());
    assertTrue(err.toString().contains("Usage: davy"), err.toString());
  }

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
