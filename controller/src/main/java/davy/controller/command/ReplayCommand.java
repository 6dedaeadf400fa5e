package davy.controller.command;

import davy.controller.config.SiteFile;
import davy.controller.interlock.Plan;
import davy.controller.journal.JournalReader;
import davy.controller.json.JsonLine;
import davy.controller.replay.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy replay DIR}: would today's interlock decide the same? */
@Command(
    name = "replay",
    description = {
      "Leads today's interlock through the inputs that a journal recorded and names every decision"
          + " that differs.",
      "Exit 0: all the same. Exit 1: differences, or inputs are missing. Exit 66: nothing to"
          + " replay. Exit 78: the site file given is refused."
    })
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "Decide by the limits of this site file instead of those recorded.")
  private Optional<Path> site;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Plan> instead = Optional.empty();
    if (site.isPresent()) {
      switch (SiteFile.read(site.get())) {
        case SiteFile.Outcome.Accepted accepted -> instead = Optional.of(accepted.site().plan());
        case SiteFile.Outcome.Refused refused -> {
          refused.complaints().forEach(err::println);
          return Exit.CONFIG;
        }
        case SiteFile.Outcome.Unreadable unreadable -> {
          err.println(unreadable.complaint());
          return Exit.NO_INPUT;
        }
      }
    }
    try (JournalReader reader = JournalReader.open(folder)) {
      Replay.Report report = Replay.of(reader, instead);
      if (report.runs().isEmpty()) {
        err.println(folder + ": no recorded inputs in it (no record inputs.begin)");
        return Exit.NO_INPUT;
      }
      tell(report);
      return report.same() ? Exit.OK : Exit.WRONG;
    } catch (IOException unreadable) {
      err.println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private void tell(Replay.Report report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonLine.write(json(report)));
      return;
    }
    if (report.before() > 0) {
      out.printf(
          "%d decisions stand before the first recorded inputs and are not judged%n",
          report.before());
    }
    report.runs().forEach(run -> tell(out, run));
    out.println(
        report.same()
            ? "every decision was made again and is the same"
            : "NOT the same throughout: see above");
  }

  private static void tell(PrintWriter out, Replay.Run run) {
    out.printf(
        "run from record %d, %s: %d steps over %s, %d decisions compared, %d differ%n",
        run.seq(),
        run.time(),
        run.steps(),
        Duration.ofSeconds(run.nanos() / 1_000_000_000L),
        run.decisions(),
        run.differences().size() + run.more());
    for (Replay.Gap gap : run.gaps()) {
      out.printf(
          "  from record %d, %s, nothing is vouched for until the recording begins again: %s%n",
          gap.seq(), gap.time(), gap.why());
    }
    if (run.unjudged() > 0) {
      out.printf("  %d decisions without their inputs, not judged%n", run.unjudged());
    }
    for (Replay.Difference difference : run.differences()) {
      out.printf(
          "  DIFFERS at record %d, %s, tick %d%s%n    recorded  %s%n    today     %s%n",
          difference.seq(),
          difference.time(),
          difference.tick(),
          difference.subject().isEmpty() ? "" : ", " + difference.subject(),
          difference.recorded().orElse("nothing"),
          difference.today().orElse("nothing"));
    }
    if (run.more() > 0) {
      out.printf("  and %d more%n", run.more());
    }
    if (run.cutOff() > 0) {
      out.printf("  the journal ends before it says of %d last decisions%n", run.cutOff());
    }
    run.otherStates()
        .forEach(seq -> out.printf("  at record %d today's interlock holds another state%n", seq));
  }

  private static Map<String, Object> json(Replay.Report report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("same", report.same());
    fields.put("before", report.before());
    fields.put("runs", report.runs().stream().map(ReplayCommand::json).toList());
    return fields;
  }

  private static Map<String, Object> json(Replay.Run run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", run.seq());
    fields.put("time", run.time());
    fields.put("steps", run.steps());
    fields.put("nanos", run.nanos());
    fields.put("decisions", run.decisions());
    fields.put("unjudged", run.unjudged());
    fields.put("cutOff", run.cutOff());
    fields.put("otherStates", run.otherStates());
    fields.put("gaps", run.gaps().stream().map(ReplayCommand::json).toList());
    fields.put("differences", run.differences().stream().map(ReplayCommand::json).toList());
    fields.put("more", run.more());
    return fields;
  }

  private static Map<String, Object> json(Replay.Gap gap) {
    return Map.of("seq", gap.seq(), "time", gap.time(), "why", gap.why());
  }

  private static Map<String, Object> json(Replay.Difference difference) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", difference.seq());
    fields.put("tick", difference.tick());
    fields.put("time", difference.time());
    fields.put("subject", difference.subject());
    difference.recorded().ifPresent(text -> fields.put("recorded", text));
    difference.today().ifPresent(text -> fields.put("today", text));
    return fields;
  }
}
