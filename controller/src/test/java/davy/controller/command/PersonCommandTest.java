package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Person;
import davy.controller.config.Persons;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatItPrintsIsAnEntryOfThePersonsFile(@TempDir Path folder) throws Exception {
    assertEquals(Exit.OK, run("246810\n", "li", "--title", "李伟", "--role", "electrician"));
    assertFalse(out.toString().contains("246810"));
    Path file = Files.writeString(folder.resolve("persons.toml"), out.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Persons persons = Persons.read(file);
    assertEquals("", persons.trouble());
    assertEquals(List.of(Person.Role.ELECTRICIAN), persons.named("li").orElseThrow().roles());
  }

  @Test
  void aShortPinAnUnknownRoleAndAQuoteAreRefused() {
    assertEquals(Exit.WRONG, run("12345\n", "li", "--title", "l", "--role", "electrician"));
    assertEquals(Exit.WRONG, run("", "li", "--title", "l", "--role", "electrician"));
    assertEquals(Exit.USAGE, run("246810\n", "li", "--title", "l", "--role", "boss"));
    assertEquals(Exit.USAGE, run("246810\n", "l\"i", "--title", "l", "--role", "electrician"));
    assertTrue(out.toString().isEmpty());
  }

  private int run(String typed, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "person";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    } finally {
      System.setIn(before);
    }
  }
}
