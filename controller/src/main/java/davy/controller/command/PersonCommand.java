package davy.controller.command;

import davy.controller.config.Person;
import davy.controller.link.Pin;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy person NAME}: asks for a PIN and prints an entry of the persons file. */
@Command(
    name = "person",
    description = "Asks for a PIN and prints an entry for persons.toml.",
    mixinStandardHelpOptions = true)
final class PersonCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "As it is typed in at the panel.")
  private String name;

  @Option(names = "--title", required = true, description = "The person's full name.")
  private String title;

  @Option(
      names = "--role",
      required = true,
      description = "electrician, monitoring, gas-inspector or dispatcher; may be repeated.")
  private List<String> roles;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<String> known = Arrays.stream(Person.Role.values()).map(Person.Role::word).toList();
    if (!known.containsAll(roles)) {
      err.println("a role is one of " + String.join(", ", known));
      return Exit.USAGE;
    }
    if (!plain(name) || name.length() > 64 || !plain(title)) {
      err.println("name and title hold no quotes, backslashes or control characters");
      return Exit.USAGE;
    }
    Optional<char[]> pin = PinPrompt.twice();
    if (pin.isEmpty() || pin.get().length < Pin.LEAST_LENGTH) {
      err.println("no PIN: at least " + Pin.LEAST_LENGTH + " characters, typed twice alike");
      return Exit.WRONG;
    }
    print(Pin.of(pin.get()));
    Arrays.fill(pin.get(), '\0');
    return Exit.OK;
  }

  private static boolean plain(String text) {
    return !text.isBlank()
        && text.chars().noneMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c));
  }

  private void print(Pin.Hash hash) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("[[person]]");
    out.println("name = \"" + name + "\"");
    out.println("title = \"" + title + "\"");
    out.println("roles = " + roles.stream().distinct().map(role -> "\"" + role + "\"").toList());
    out.println("salt = \"" + hash.salt() + "\"");
    out.println("iterations = " + hash.iterations());
    out.println("hash = \"" + hash.hash() + "\"");
  }
}
