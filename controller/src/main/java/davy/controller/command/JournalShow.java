package davy.controller.command;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import davy.controller.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal show DIR} with conditions, all of which must hold. */
@Command(name = "show", description = "Shows the records that meet every condition given.")
final class JournalShow implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Option(names = "--seq", paramLabel = "N", description = "This record alone.")
  private Optional<Long> seq;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From this time label on, UTC, as far as it is given: 2026-11-22T19:40")
  private Optional<String> from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Up to this time label, what it begins included.")
  private Optional<String> to;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "This kind of record, or every kind that begins so: zone.")
  private Optional<String> code;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Records of this zone.")
  private Optional<String> zone;

  @Option(names = "--json", description = "The records as they stand in the journal.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JournalPrinter printer =
        new JournalPrinter(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    try (JournalReader reader = JournalReader.open(folder)) {
      reader.seek(seq.orElse(0L));
      for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
        boolean wanted =
            switch (item.get()) {
              case Item.Good good -> wanted(good.record());
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

  private boolean wanted(JournalRecord record) {
    return seq.filter(number -> number != record.seq()).isEmpty()
        && from.filter(time -> record.time().compareTo(time) < 0).isEmpty()
        && to.filter(time -> past(record.time(), time)).isEmpty()
        && code.filter(begin -> !record.code().startsWith(begin)).isEmpty()
        && zone.filter(name -> !record.text("zone").equals(Optional.of(name))).isEmpty();
  }

  private static boolean past(String time, String limit) {
    return time.compareTo(limit) > 0 && !time.startsWith(limit);
  }
}
