package davy.controller.command;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal tail [-f] [-n N] DIR}. */
@Command(name = "tail", description = "Shows the last records, one line each.")
final class JournalTail implements Callable<Integer> {

  private static final int POLL_MILLIS = 200;

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many records (${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with new records until it is interrupted.")
  private boolean follow;

  @Option(names = "--json", description = "The records as they stand in the journal.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    JournalPrinter printer =
        new JournalPrinter(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    try (JournalReader reader = JournalReader.open(folder)) {
      last(reader).forEach(printer::print);
      while (follow) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
          printer.print(item.get());
        }
      }
      return printer.exit();
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private Deque<Item> last(JournalReader reader) throws IOException {
    Deque<Item> last = new ArrayDeque<>();
    reader.seekLast(count);
    for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
      last.addLast(item.get());
      if (last.size() > count) {
        last.removeFirst();
      }
    }
    return last;
  }
}
