package davy.controller.command;

import davy.controller.config.Folders;
import davy.controller.interlock.Explanation;
import davy.controller.interlock.Plan;
import davy.controller.journal.JournalReader;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.controller.recording.ValueJson;
import davy.controller.replay.Moment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy why ZONE}: the truth table of the last decision, or of one in a journal. */
@Command(
    name = "why",
    description = {
      "Why a zone has power or has not: every input, vote and cause of the last decision, and what"
          + " is missing before power may return.",
      "Asks the running interlock; with --journal, what is recorded. Exit 0: told. Exit 1: no"
          + " such zone, or nothing to tell by. Exit 66: no interlock or no journal there."
    })
final class WhyCommand implements Callable<Integer> {

  private static final List<String> NOT_THERE = List.of("NO_CONNECTION", "NO_ANSWER");

  @Parameters(paramLabel = "ZONE", description = "The zone's name, as in the site file.")
  private String zone;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where the interlock that was started with --root DIR keeps its files.")
  private Optional<Path> root;

  @Option(names = "--journal", paramLabel = "DIR", description = "Read this journal instead.")
  private Optional<Path> journal;

  @Option(
      names = "--record",
      paramLabel = "N",
      description = "As it stood at this record of the journal; without it, at the last one.")
  private Optional<Long> record;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (record.isPresent() && journal.isEmpty()) {
      err.println("--record needs --journal: give the journal's folder");
      return Exit.USAGE;
    }
    try {
      return journal.isPresent() ? recorded(journal.get()) : live();
    } catch (ValueJson.Unlike unlike) {
      err.println("the interlock is of another version than this command: " + unlike.getMessage());
      return Exit.WRONG;
    } catch (JsonLine.Malformed malformed) {
      err.println("the interlock answered something else: " + malformed.getMessage());
      return Exit.WRONG;
    }
  }

  private int live() throws JsonLine.Malformed, ValueJson.Unlike {
    Path folder = Folders.of(root).run();
    Map<String, Object> answer = JsonLine.read(LinkClient.ask(folder, "why", Map.of("zone", zone)));
    if (!Boolean.TRUE.equals(answer.get("accepted"))) {
      spec.commandLine().getErr().println(answer.get("text"));
      return NOT_THERE.contains(answer.get("answer")) ? Exit.NO_INPUT : Exit.WRONG;
    }
    Object told = answer.getOrDefault("explanation", "");
    tell(
        "decided %s ms ago".formatted(answer.get("ageMillis")),
        Map.of("tick", answer.get("tick"), "ageMillis", answer.get("ageMillis")),
        ValueJson.read(Explanation.class, told));
    return Exit.OK;
  }

  private int recorded(Path folder) {
    PrintWriter err = spec.commandLine().getErr();
    try (JournalReader reader = JournalReader.open(folder)) {
      Moment moment = Moment.at(reader, record);
      List<String> zones = moment.plan().zones().stream().map(Plan.Zone::name).toList();
      if (!zones.contains(zone)) {
        err.println("no zone " + zone + "; there are: " + String.join(", ", zones));
        return Exit.WRONG;
      }
      Explanation why =
          Explanation.of(
              moment.plan(), moment.step().inputs(), moment.step().decision(), zones.indexOf(zone));
      tell(
          "as at record %d, %s".formatted(moment.seq(), moment.time()),
          Map.of(
              "seq", moment.seq(),
              "time", moment.time(),
              "tick", moment.step().at().nanos()),
          why);
      return Exit.OK;
    } catch (Moment.Missing missing) {
      err.println(missing.getMessage());
      return Exit.WRONG;
    } catch (IOException unreadable) {
      err.println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private void tell(String when, Map<String, Object> head, Explanation why) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>(head);
      all.put("explanation", ValueJson.write(why));
      out.println(JsonLine.write(all));
    } else {
      out.println(when);
      WhyText.lines(why).forEach(out::println);
    }
  }
}
