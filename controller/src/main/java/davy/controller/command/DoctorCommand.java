package davy.controller.command;

import davy.controller.config.Complaint;
import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.doctor.Doctor;
import davy.controller.doctor.Finding;
import davy.controller.doctor.Finding.Grade;
import davy.controller.json.JsonLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code davy doctor}: is this machine to be trusted, and what is to be changed. */
@Command(
    name = "doctor",
    description = {
      "Checks the machine before it is trusted: GPIO chips, serial adapters, real-time limits and"
          + " measured jitter, clocks, disk, Java. Claims no line and opens no port.",
      "Exit code 0 when nothing is wrong, 1 when something is, 66 or 78 when the site file can't be"
          + " read or is refused."
    })
final class DoctorCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SITE.TOML",
      arity = "0..1",
      description = "Looks at this site's ports and pins alone.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--root", paramLabel = "DIR", description = "As with 'davy interlock'.")
  private Optional<Path> root = Optional.empty();

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description =
          "How long to measure how late a thread wakes, and terminals as long"
              + " (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > 3600) {
      err().println("--seconds is 1 to 3600");
      return Exit.USAGE;
    }
    if (file.isEmpty()) {
      return examine(Optional.empty());
    }
    return switch (SiteFile.read(file.get())) {
      case SiteFile.Outcome.Accepted(Site site) -> examine(Optional.of(site));
      case SiteFile.Outcome.Refused(List<Complaint> complaints) -> {
        complaints.forEach(err()::println);
        yield Exit.CONFIG;
      }
      case SiteFile.Outcome.Unreadable(Complaint complaint) -> {
        err().println(complaint);
        yield Exit.NO_INPUT;
      }
    };
  }

  private int examine(Optional<Site> site) {
    Path home = Path.of(System.getProperty("davy.home", "/opt/davy"));
    List<Finding> findings = new ArrayList<>(Doctor.examine(site, Folders.of(root), home, seconds));
    site.ifPresent(one -> findings.addAll(GasTests.findings(one, Folders.of(root).journal())));
    if (json) {
      out().println(JsonLine.write(asJson(findings)));
    } else {
      print(findings);
    }
    return wrong(findings) == 0 ? Exit.OK : Exit.WRONG;
  }

  static long wrong(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.grade() == Grade.WRONG).count();
  }

  static Map<String, Object> asJson(List<Finding> findings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("trusted", wrong(findings) == 0);
    all.put(
        "findings",
        findings.stream()
            .map(
                finding -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("area", finding.area().word());
                  fields.put("grade", finding.grade().word());
                  fields.put("subject", finding.subject());
                  fields.put("found", finding.words());
                  fields.put("remedy", finding.remedy());
                  return fields;
                })
            .toList());
    return all;
  }

  private void print(List<Finding> findings) {
    for (Finding finding : findings) {
      out()
          .printf(
              "%-5s  %-9s  %s: %s%n",
              finding.grade().word(), finding.area().word(), finding.subject(), finding.words());
      if (!finding.remedy().isEmpty()) {
        out().println("                  → " + finding.remedy());
      }
    }
    long wrong = wrong(findings);
    out()
        .println(wrong == 0 ? "nothing is wrong" : wrong + " wrong: do not trust this machine yet");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
