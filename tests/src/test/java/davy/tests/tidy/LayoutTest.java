package davy.tests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The program as it is laid out and installed. */
final class LayoutTest {

  private static final Path HOME = Path.of(System.getProperty("davy.home"));

  @Test
  void theInterlockRunsOnTheseLibrariesAndNoOther() throws IOException {
    assertEquals(
        Set.of(
            "HdrHistogram",
            "controller",
            "firmware-bridge",
            "hal",
            "j2mod",
            "jackson-core",
            "jssc",
            "jul-tinylog",
            "native-lib-loader",
            "pi4j-core",
            "slf4j-api",
            "slf4j-tinylog",
            "tinylog-api",
            "tinylog-impl",
            "tomlj"),
        libraries("interlock"));
    assertEquals(Set.of("org.eclipse.paho.mqttv5.client", "picocli"), libraries("station"));
    assertEquals(Set.of("postgresql"), libraries("county"));
  }

  @Test
  void everySetOfFlagsIsTakenByTheMachineWithAssertionsOn() throws Exception {
    for (String name : List.of("interlock", "station", "county", "demo", "tools")) {
      Path file = HOME.resolve("etc").resolve(name + ".args");
      assertTrue(Files.readAllLines(file).contains("-ea"), name);
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      String version = told(List.of(java.toString(), "@" + file, "--version"));
      assertTrue(version.startsWith("openjdk 25"), name + ": " + version);
    }
  }

  @Test
  void theLauncherAndTheStartScriptAreSoundShell() throws Exception {
    for (Path script : List.of(HOME.resolve("bin/davy"), SourceTree.root().resolve("davy"))) {
      assertTrue(Files.isExecutable(script), script + " is not executable");
      assertEquals("", told(List.of("bash", "-n", script.toString())));
    }
    String usage = told(List.of(SourceTree.root().resolve("davy").toString(), "--help"));
    assertTrue(usage.startsWith("usage: ./davy COMMAND"), usage);
  }

  private static Set<String> libraries(String folder) throws IOException {
    try (var jars = Files.list(HOME.resolve("lib").resolve(folder))) {
      return jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*\\.jar$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** What a command prints, errors too. */
  private static String told(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), command.toString());
    assertEquals(0, process.exitValue(), command + ": " + text);
    return text.lines()
        .filter(line -> !line.contains("Picked up"))
        .collect(Collectors.joining("\n"));
  }
}
