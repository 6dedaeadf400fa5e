package davy.controller.command;

import davy.controller.journal.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal history DIR --point P}: the statistics of one point, for a chart. */
@Command(
    name = "history",
    description = {
      "Writes the 5-minute statistics of one point as CSV, in the unit that the journal has it in"
          + " (methane 0.01 %%CH4): also of days whose samples have left the journal.",
      "Each record's own hash is checked; for the chain: davy journal verify.",
      "Exit 1: nothing is recorded of such a point. Exit 66: no journal there."
    })
final class JournalHistory implements Callable<Integer> {

  static final String HEAD = "time,samples,least,greatest,mean,notGoodMillis\r\n";

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Option(names = "--point", paramLabel = "POINT", required = true, description = "Its name.")
  private String point;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "So many days back by the time labels; ${DEFAULT-VALUE} if not given.")
  private int days;

  @Spec private CommandSpec spec;

  private long windows;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String since = Instant.now().minus(Duration.ofDays(days)).toString();
    try {
      out.print(HEAD);
      History.of(folder, point, since, window -> print(out, window));
      out.flush();
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
    if (windows == 0) {
      String what = "no statistics of " + point + " in " + days + " days; is that its name?";
      spec.commandLine().getErr().println(what);
      return Exit.WRONG;
    }
    return Exit.OK;
  }

  private void print(PrintWriter out, History.Window window) {
    windows++;
    out.printf(
        "%s,%d,%s,%s,%s,%d\r\n",
        window.time(),
        window.samples(),
        text(window.least()),
        text(window.greatest()),
        text(window.mean()),
        window.notGoodMillis());
  }

  private static String text(Optional<Long> value) {
    return value.map(String::valueOf).orElse("");
  }
}
