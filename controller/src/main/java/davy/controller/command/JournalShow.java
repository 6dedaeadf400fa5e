package davy.controller.command;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal show DIR} with conditions, all of which must hold. */
@Command(name = "show", description = "Shows the records that meet every condition given.")
final class JournalShow implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Mixin private RecordFilter filter = new RecordFilter();

  @Option(names = "--json", description = "The records as they stand in the journal.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JournalPrinter printer =
        new JournalPrinter(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    try (JournalReader reader = JournalReader.open(folder)) {
      reader.seek(filter.first());
      for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
        boolean wanted =
            switch (item.get()) {
              case Item.Good good -> filter.wanted(good.record());
              case Item.Bad _ -> true;
            };
        if (wanted) {
          printer.print(item.get());
        }
      }
      return printer.exit();
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }
}
