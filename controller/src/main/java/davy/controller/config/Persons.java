package davy.controller.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The persons file, read once at start: {@code /etc/davy/persons.toml}, or {@code etc/persons.toml}
 * under a root. A missing or bad file never keeps the interlock from starting: trips work, and
 * whatever needs a person is refused with the reason.
 *
 * @param trouble empty, or why nobody can be checked and what to do
 */
public record Persons(List<Person> all, String trouble) {

  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int LEAST_ITERATIONS = 210_000;
  private static final int MOST_ITERATIONS = 5_000_000;

  public Persons {
    all = List.copyOf(all);
  }

  public Optional<Person> named(String name) {
    return all.stream().filter(person -> person.name().equals(name)).findFirst();
  }

  public static Persons read(Path file) {
    try {
      if (!Files.exists(file)) {
        return nobody(file + " is missing: make it with davy person");
      }
      if (Files.getPosixFilePermissions(file).stream().anyMatch(Persons::othersMay)) {
        return nobody(file + " is open to everyone: chmod 0640 " + file);
      }
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      return nobody(file + " can't be read: " + e.getMessage());
    }
  }

  private static boolean othersMay(PosixFilePermission permission) {
    return permission == PosixFilePermission.OTHERS_READ
        || permission == PosixFilePermission.OTHERS_WRITE
        || permission == PosixFilePermission.GROUP_WRITE;
  }

  static Persons parse(String file, String text) {
    List<Complaint> complaints = new ArrayList<>();
    List<Person> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    TomlTable.parse(file, text, complaints)
        .ifPresent(
            root -> {
              for (TomlTable table : root.tables("person")) {
                found.add(person(table));
                if (!names.add(found.getLast().name())) {
                  table.complain("name", "this name stands twice");
                }
              }
              root.finish();
            });
    if (complaints.isEmpty()) {
      return found.isEmpty() ? nobody(file + " names nobody") : new Persons(found, "");
    }
    return nobody(complaints.stream().map(Complaint::toString).collect(Collectors.joining("; ")));
  }

  private static Person person(TomlTable table) {
    List<Person.Role> roles = new ArrayList<>();
    for (String word : table.texts("roles")) {
      Arrays.stream(Person.Role.values())
          .filter(role -> role.word().equals(word))
          .findFirst()
          .ifPresentOrElse(
              roles::add, () -> table.complain("roles", "there is no role \"" + word + "\""));
    }
    String name = table.text("name");
    if (name.isBlank() || name.length() > 64) {
      table.complain("name", "name has 1 to 64 characters");
    }
    return new Person(
        name,
        table.text("title"),
        roles,
        hex(table, "salt", SALT),
        table.integer("iterations", LEAST_ITERATIONS, MOST_ITERATIONS),
        hex(table, "hash", HASH));
  }

  private static String hex(TomlTable table, String key, Pattern form) {
    String text = table.text(key);
    if (!form.matcher(text).matches()) {
      table.complain(key, key + " is not what davy person prints");
    }
    return text;
  }

  private static Persons nobody(String trouble) {
    return new Persons(List.of(), trouble);
  }
}
