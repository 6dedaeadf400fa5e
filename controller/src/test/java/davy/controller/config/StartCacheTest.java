package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the laid-out program, with a Java that only says what it was given. */
final class StartCacheTest {

  private static final Path LAYOUT = Path.of("src/main/layout");
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac
        echo "$word"
      done
      """;

  @TempDir private Path folder;
  private Path home;
  private StartCache cache;

  @BeforeEach
  void installs() throws IOException {
    home = folder.resolve("davy");
    cache = new StartCache(home);
    for (String file : List.of("bin/davy", "etc/find-java.sh", "etc/interlock.args")) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.copy(LAYOUT.resolve(file), home.resolve(file));
    }
    Files.createDirectories(home.resolve("lib/interlock"));
    Files.writeString(home.resolve("lib/interlock/b.jar"), "the interlock");
    Files.writeString(home.resolve("lib/interlock/a-2.jar"), "a library");
    Files.writeString(home.resolve("lib/interlock/B.jar"), "another");
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"25.0.3\"\n");
  }

  @Test
  void isUsedOnlyAsLongAsItIsMadeOfTheVeryJarsThatRun() throws Exception {
    assertUsed(false);
    davy("cache");
    assertUsed(true);
    Files.writeString(home.resolve("lib/interlock/b.jar"), "the Interlock"); // As long as before.
    assertUsed(false);
    davy("cache");
    assertUsed(true);
    Files.writeString(home.resolve("lib/interlock/c.jar"), "one more");
    assertUsed(false);
    davy("cache");
    Files.delete(home.resolve("lib/interlock.aot.of"));
    assertUsed(false);
  }

  private void assertUsed(boolean used) throws Exception {
    boolean given = davy("interlock", "site.toml").contains("-XX:AOTCache=" + cache.file());
    assertEquals(used, given, "by bin/davy");
    assertEquals(used ? Optional.of(cache.file()) : Optional.empty(), cache.fitting());
  }

  private List<String> davy(String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/davy").toString());
    builder.command().addAll(List.of(words));
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    Process process = builder.redirectErrorStream(true).start();
    List<String> said = process.inputReader().readAllLines();
    assertEquals(0, process.waitFor(), said.toString());
    assertTrue(words[0].equals("cache") || said.contains("site.toml"), said.toString());
    return said;
  }
}
