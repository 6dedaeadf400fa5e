package davy.controller.doctor;

import static davy.controller.doctor.Patient.assertSays;
import static davy.controller.doctor.Patient.worst;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Davy as it is installed, with a Java that only answers; the real one is asked where it says. */
final class JavaExamTest {

  private static final Runtime.Version RIGHT = Runtime.Version.parse("25.0.3+9");
  private static final List<String> FLAGS =
      List.of("-ea", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");
  private static final String CACHE = "/opt/davy/lib/interlock.aot";

  /** SHA-256 of a line without a word. */
  private static final String EMPTY_LINE =
      "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";

  @TempDir Path root;
  private Patient patient;

  @BeforeEach
  void installs() throws IOException {
    patient = new Patient(root);
    patient.file("/opt/davy/etc/interlock.args", String.join("\n", FLAGS));
    patient.file("/opt/davy/lib/interlock/a.jar", "");
    java("exit 0");
  }

  private void java(String does) throws IOException {
    Path java = patient.file("/opt/java/bin/java", "#!/bin/sh\n" + does);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<Finding> look(Runtime.Version version) {
    return new JavaExam(version, patient.at("/opt/davy"), patient.at("/opt/java")).look();
  }

  private List<Finding> look() {
    return look(RIGHT);
  }

  @Test
  void anotherJavaIsWrong() {
    assertSays(look(), Grade.GOOD, "version: 25.0.3+9 at ");
    assertSays(look(Runtime.Version.parse("24.0.2")), Grade.WRONG, "version: 24.0.2 at ");
    assertSays(look(Runtime.Version.parse("26")), Grade.WRONG, "version: 26 at ");
  }

  @Test
  void eachFlagThatTheInterlockMayNotBeWithoutIsMissed() throws IOException {
    assertSays(look(), Grade.GOOD, "flags: as they must be");
    for (String missing : FLAGS) {
      List<String> others = FLAGS.stream().filter(flag -> !flag.equals(missing)).toList();
      patient.file("/opt/davy/etc/interlock.args", String.join("\n", others));
      assertSays(look(), Grade.WRONG, "flags: " + missing + " is not in etc/interlock.args");
    }
    patient.file("/opt/davy/etc/interlock.args", "# -ea");
    assertEquals(3, look().stream().filter(f -> f.subject().equals("flags")).count());
  }

  @Test
  void withoutItsFlagsFileDavyIsNotInstalled() throws IOException {
    Files.delete(patient.at("/opt/davy/etc/interlock.args"));
    assertSays(look(), Grade.WRONG, "interlock.args can't be read");
  }

  @Test
  void aCacheIsMissedAndOneThatFitsAndStartsIsGood() throws IOException {
    assertSays(look(), Grade.NOTE, "AOT cache: none is used");
    assertEquals(Grade.NOTE, worst(look()));
    cache(EMPTY_LINE);
    assertSays(look(), Grade.GOOD, "interlock.aot is used");
    assertEquals(Grade.GOOD, worst(look()));
  }

  @Test
  void aCacheOfOtherJarsIsWrongAlthoughJavaWouldTakeIt() throws IOException {
    cache(EMPTY_LINE);
    patient.file("/opt/davy/lib/interlock/b.jar", "new");
    assertSays(look(), Grade.WRONG, "is stale or unusable: it was made of other jars than these");
    Files.delete(patient.at("/opt/davy/lib/interlock/b.jar"));
    assertSays(look(), Grade.GOOD, "interlock.aot is used");
    Files.delete(patient.at(CACHE + ".of"));
    assertSays(look(), Grade.WRONG, "is stale or unusable: it was made of other jars than these");
  }

  @Test
  void aCacheThatJavaRefusesIsWrongInJavasWords() throws IOException {
    cache(EMPTY_LINE);
    java("echo 'it was made by another build'; exit 1");
    assertSays(look(), Grade.WRONG, "is stale or unusable: it was made by another build");
    java("exit 1");
    assertSays(look(), Grade.WRONG, "is stale or unusable: it did not start");
  }

  /** The Java that runs this test, and a file that it never wrote. */
  @Test
  void aFileThatIsNoCacheIsRefusedByTheRealJava() throws IOException {
    cache(EMPTY_LINE);
    Path java = Path.of(System.getProperty("java.home"));
    List<Finding> findings = new JavaExam(RIGHT, patient.at("/opt/davy"), java).look();
    assertSays(findings, Grade.WRONG, "is stale or unusable");
    assertTrue(findings.stream().noneMatch(f -> f.words().contains("other jars")), "" + findings);
    assertTrue(findings.stream().noneMatch(f -> f.words().contains("not start")), "" + findings);
  }

  private void cache(String madeOf) throws IOException {
    patient.file(CACHE, "of another machine");
    patient.file(CACHE + ".of", madeOf);
  }
}
