package davy.controller.command;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal export DIR}: the records for other programs. */
@Command(
    name = "export",
    description = {
      "Writes the records that meet every condition given, for other programs: as they stand in the"
          + " journal, one JSON object a line, or as CSV.",
      "Exit 1: a damaged line was left out; it is named on the error stream."
    })
final class JournalExport implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Mixin private RecordFilter filter = new RecordFilter();

  @Option(
      names = "--csv",
      description = "CSV (RFC 4180, UTF-8): one line a record, its fields as columns or as JSON.")
  private boolean csv;

  @Option(
      names = "--samples",
      description = "CSV of the samples alone: one line a point and time, for charts.")
  private boolean samples;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Into this file, which must not be there yet, instead of the standard output.")
  private Optional<Path> file = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      if (file.isEmpty()) {
        return export(spec.commandLine().getOut());
      }
      Files.createFile(file.get());
      try (PrintWriter out =
          new PrintWriter(Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8))) {
        int exit = export(out);
        if (out.checkError()) {
          throw new IOException(file.get() + " could not be written to its end");
        }
        return exit;
      }
    } catch (IOException failed) {
      spec.commandLine().getErr().println(failed.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private int export(PrintWriter out) throws IOException {
    JournalPrinter damage = new JournalPrinter(out, spec.commandLine().getErr(), true);
    if (csv || samples) {
      out.print(samples ? JournalCsv.SAMPLES_HEAD : JournalCsv.HEAD);
    }
    try (JournalReader reader = JournalReader.open(folder)) {
      reader.seek(filter.first());
      for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
        switch (item.get()) {
          case Item.Bad bad -> damage.print(bad);
          case Item.Good good when !filter.wanted(good.record()) -> {}
          case Item.Good good when samples -> out.print(JournalCsv.samples(good.record()));
          case Item.Good good when csv -> out.print(JournalCsv.line(good.record()));
          case Item.Good good -> damage.print(good);
        }
      }
    }
    out.flush();
    return damage.exit();
  }
}
