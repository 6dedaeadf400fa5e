package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The safety process of the laid-out program and a site that it must not run. */
@Tag("real-time")
final class RefusedSiteTest {

  private static final Path HOME =
      Path.of(System.getProperty("davy.home")).toAbsolutePath().normalize();
  private static final Path SITES = Path.of("../deploy/sites");
  private static final int REFUSED = 78;

  @TempDir private Path folder;

  @Test
  void aZoneWithoutADeadManEndsTheInterlockWith78BeforeItTouchesAnything() throws Exception {
    Files.createDirectory(folder.resolve("maps"));
    Files.copy(SITES.resolve("maps/laser-head.toml"), folder.resolve("maps/laser-head.toml"));
    String text = Files.readString(SITES.resolve("heading.toml"));
    Path site =
        Files.writeString(
            folder.resolve("site.toml"), text.replace(", pulseMillis = 1000 }", " }"));
    Path root = folder.resolve("root");
    ProcessBuilder builder =
        new ProcessBuilder(
            HOME.resolve("bin/davy").toString(),
            "interlock",
            site.toString(),
            "--root",
            root.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
    assertEquals(REFUSED, process.exitValue(), said);
    assertTrue(said.contains("has no dead-man"), said);
    assertTrue(said.contains("power stays withheld"), said);
    assertFalse(Files.exists(root), "a refused site leaves nothing behind");
  }
}
