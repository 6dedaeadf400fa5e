package davy.controller.demo;

import davy.controller.json.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** The parent's end of the pipes to the mine: commands out, facts in. Any thread. */
final class MineLink {

  private final PrintWriter commands;
  private final Happenings<Fact> facts = new Happenings<>();
  private final Consumer<Fact> hearer;

  /**
   * @param hearer called for every fact, on the thread that learnt it
   */
  MineLink(Process mine, Consumer<Fact> hearer) {
    this.commands = new PrintWriter(mine.outputWriter(StandardCharsets.UTF_8), true);
    this.hearer = hearer;
    BufferedReader lines = mine.inputReader(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("mine facts").start(() -> read(lines));
  }

  synchronized void send(MineCommand command) {
    commands.println(command.line());
  }

  Happenings<Fact> facts() {
    return facts;
  }

  /** A fact that is known here and not in the mine. */
  void tell(Fact fact) {
    hearer.accept(fact); // told before anyone who waits for it goes on and tells the next thing
    facts.add(fact);
  }

  private void read(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tell(Fact.read(line));
      }
    } catch (IOException _) {
      // The mine has ended; the parent sees that at the process.
    } catch (JsonLine.Malformed e) {
      Logger.error(e, "the mine said something that is no fact");
    }
  }
}
