package davy.controller.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code davy journal …}: checks and reads the evidence journal; never writes it. */
@Command(
    name = "journal",
    description = "Checks and reads the evidence journal.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JournalVerify.class,
      JournalTail.class,
      JournalShow.class,
      JournalExport.class,
      JournalHistory.class
    })
final class JournalCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? verify, tail, show, export or history");
  }
}
