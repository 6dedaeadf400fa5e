package davy.controller.command;

import davy.controller.config.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code davy COMMAND …}: finds the command and runs it. */
@Command(
    name = "davy",
    description = "Methane interlock controller of a working-face substation.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandMain.Versions.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BusCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      JournalCommand.class,
      PersonCommand.class,
      ProofTestCommand.class,
      GasTestCommand.class,
      ReplayCommand.class,
      WhyCommand.class,
      HelpCommand.class
    })
public final class CommandMain implements Runnable {

  @Spec private CommandSpec spec;

  private CommandMain() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new CommandMain())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(CommandMain::misused)
        .setExecutionExceptionHandler(CommandMain::failed)
        .execute(arguments);
  }

  /** Without a command: what there is, and the code of a misuse. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static int misused(ParameterException misuse, String[] arguments) {
    PrintWriter err = misuse.getCommandLine().getErr();
    err.println(misuse.getMessage());
    misuse.getCommandLine().usage(err);
    return Exit.USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println("davy " + command.getCommandName() + ": this is a defect in Davy:");
    failure.printStackTrace(command.getErr());
    return Exit.SOFTWARE;
  }

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"davy " + Version.text()};
    }
  }
}
