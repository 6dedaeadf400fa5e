package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the threads of a real interlock got from the kernel. */
@Tag("real-time")
final class PrioritiesTest {

  private static final Path HOME =
      Path.of(System.getProperty("davy.home")).toAbsolutePath().normalize();

  private static final String FIFO = "1";
  private static final String ROUND_ROBIN = "2";
  private static final String ORDINARY = "0 0";

  /** What these do may take long, and must keep no worker of the kernel waiting. */
  private static final Set<String> MODEST =
      Set.of(
          "davy-pin",
          "davy-status",
          "davy-panel-sock",
          "davy-uplink-soc",
          "signer",
          "keeper",
          "tinylog-Writing");

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Where {@code /proc/PID/task/TID/stat} has them, counted from behind the name. */
  private static final int PRIORITY = 37;

  private static final int POLICY = 38;

  @TempDir private Path folder;

  /** A thread above one of Java's own would spin for it, and on few cores keep it from running. */
  @Test
  void noThreadOfTheInterlockStandsBelowItsLinesOnceItHasRehearsed() throws Exception {
    assumeTrue(
        new ProcessBuilder("chrt", "-f", "40", "true").start().waitFor() == 0,
        "this user may have no real-time priority");
    try (Pty heads = Pty.open();
        Pty relays = Pty.open()) {
      Process process = start(heads.path(), relays.path());
      try {
        Map<String, String> given = await(process);
        assertEquals(FIFO + " 40", given.get("scan"), given.toString());
        assertEquals(FIFO + " 30", given.get("heads"), given.toString());
        assertEquals(FIFO + " 30", given.get("relays"), given.toString());
        assertEquals(ROUND_ROBIN + " 30", given.get("VM Thread"), given.toString());
        assertEquals(ROUND_ROBIN + " 30", given.get("journal"), given.toString());
        assertTrue(given.keySet().stream().anyMatch(name -> name.startsWith("C1 Comp")));
        MODEST.forEach(name -> assertEquals(ORDINARY, given.get(name), given.toString()));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(Path heads, Path relays) throws IOException {
    String text;
    try (InputStream in = PrioritiesTest.class.getResourceAsStream("/davy/training/site.toml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path site =
        Files.writeString(
            folder.resolve("site.toml"),
            text.replace("@heads@", heads.toString()).replace("@relays@", relays.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(
            HOME.resolve("bin/davy").toString(),
            "interlock",
            site.toString(),
            "--root",
            folder.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  /** Policy and priority by thread, as soon as only the modest are without; fails otherwise. */
  private Map<String, String> await(Process process) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Map<String, String> given = Map.of();
    while (System.nanoTime() - end < 0) {
      assertTrue(process.isAlive(), Files.readString(folder.resolve("log")));
      given = given(process.pid());
      if (given.containsKey("scan") && MODEST.containsAll(without(given))) {
        return given;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new AssertionError("threads without a real-time priority remain: " + given);
  }

  private static Set<String> without(Map<String, String> given) {
    return given.keySet().stream()
        .filter(name -> given.get(name).equals(ORDINARY))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> given(long pid) throws IOException {
    Map<String, String> given = new HashMap<>();
    List<Path> tasks;
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      tasks = all.toList();
    }
    for (Path task : tasks) {
      if (Files.exists(task)) {
        String name = Files.readString(task.resolve("comm")).strip();
        String stat = Files.readString(task.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        given.merge(
            name,
            fields[POLICY] + " " + fields[PRIORITY],
            (one, two) -> one.compareTo(two) < 0 ? one : two);
      }
    }
    return given;
  }
}
