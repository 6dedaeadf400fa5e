package davy.controller.command;

import davy.controller.config.Complaint;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.config.SiteFile.Outcome;
import davy.controller.json.JsonLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy check}: everything that is wrong with a site file, or what the site will do. */
@Command(
    name = "check",
    description = {
      "Checks a site file: prints every complaint, or the cause-and-effect table and the latency"
          + " arithmetic.",
      "Exit code 0 when the site is accepted, 78 when it is refused, 66 when the file cannot be"
          + " read."
    })
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SITE.TOML", description = "The site file.")
  private Path file;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Outcome outcome = SiteFile.read(file);
    if (json) {
      out().println(JsonLine.write(CheckJson.of(outcome)));
    } else {
      print(outcome);
    }
    return switch (outcome) {
      case Outcome.Accepted _ -> Exit.OK;
      case Outcome.Refused _ -> Exit.CONFIG;
      case Outcome.Unreadable _ -> Exit.NO_INPUT;
    };
  }

  private void print(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted(Site site) -> CheckReport.lines(site).forEach(out()::println);
      case Outcome.Refused(List<Complaint> complaints) -> {
        complaints.forEach(err()::println);
        err().println(count(complaints.size()) + "; nothing would start");
      }
      case Outcome.Unreadable(Complaint complaint) -> err().println(complaint);
    }
  }

  private static String count(int complaints) {
    return complaints == 1 ? "1 complaint" : complaints + " complaints";
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
