package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonsTest {

  private static final String ENTRY =
      """
      [[person]]
      name = "li"
      title = "李伟"
      roles = ["electrician", "dispatcher"]
      salt = "%s"
      iterations = 210000
      hash = "%s"
      """
          .formatted("0a".repeat(16), "0b".repeat(32));

  @TempDir Path folder;

  @Test
  void aRightFileIsRead() throws Exception {
    Persons persons = Persons.read(file(ENTRY, "rw-r-----"));
    assertEquals("", persons.trouble());
    Person li = persons.named("li").orElseThrow();
    assertTrue(li.mayReset());
    assertEquals("electrician, dispatcher", li.words());
    assertTrue(persons.named("wang").isEmpty());
  }

  @Test
  void aFileThatEveryoneMayReadCountsAsNone() throws Exception {
    Persons persons = Persons.read(file(ENTRY, "rw-r--r--"));
    assertTrue(persons.all().isEmpty());
    assertTrue(persons.trouble().contains("chmod 0640"));
  }

  @Test
  void aMissingFileNamesTheRemedy() {
    assertTrue(Persons.read(folder.resolve("none")).trouble().contains("davy person"));
  }

  @Test
  void oneComplaintMakesTheWholeFileBad() throws Exception {
    for (String bad :
        new String[] {
          ENTRY + ENTRY,
          ENTRY.replace("210000", "1000"),
          ENTRY.replace("electrician", "boss"),
          ENTRY.replace("0a0a", "0A0A"),
          ENTRY + "pin = \"1\"\n",
          ""
        }) {
      Persons persons = Persons.read(file(bad, "rw-------"));
      assertTrue(persons.all().isEmpty(), bad);
      assertFalse(persons.trouble().isEmpty(), bad);
    }
  }

  private Path file(String text, String mode) throws Exception {
    Path file = folder.resolve("persons.toml");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
