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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real interlock and its threads got from the kernel. */
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

  /** Of the kernel's capabilities: may lock memory whatever the limit. */
  private static final int CAP_IPC_LOCK = 14;

  @TempDir private Path folder;

  /** A thread above one of Java's own would spin for it, and on few cores keep it from running. */
  @Test
  void onceItHasRehearsedNoThreadStandsBelowItsLinesAndItsMemoryStays() throws Exception {
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
        awaitLocked(process);
        awaitFewPages(process);
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

  /** Locked memory; or, to a user who may lock none, a word in the log. */
  private void awaitLocked(Process process) throws IOException {
    boolean may = mayLock();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!(may ? lockedKilobytes(process.pid()) > 0 : log().contains("memory is not locked"))) {
      assertTrue(process.isAlive() && System.nanoTime() - end < 0, this::log);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    System.out.printf("locked: %,d kB%n", lockedKilobytes(process.pid()));
  }

  /**
   * Of the code of Java's library starting uses two thirds, running less than a fourth: more than
   * half is not left. (The start-up cache may be missing, so it is not looked at.)
   */
  private void awaitFewPages(Process process) throws IOException {
    Path smaps = Path.of("/proc", Long.toString(process.pid()), "smaps");
    long end = System.nanoTime() + PATIENCE_NANOS;
    long[] code = code(smaps);
    while (code[1] > code[0] / 2) {
      assertTrue(
          process.isAlive() && System.nanoTime() - end < 0, Arrays.toString(code) + "\n" + log());
      LockSupport.parkNanos(LOOK_NANOS);
      code = code(smaps);
    }
    System.out.printf("of Java's library: %,d kB of %,d%n", code[1], code[0]);
  }

  /** Kilobytes of the code of Java's library: all, and in memory. */
  private static long[] code(Path smaps) throws IOException {
    long[] code = new long[2];
    boolean library = false;
    for (String line : Files.readAllLines(smaps)) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        library = line.matches("\\S+ r-xp .*/libjvm\\.so");
      } else if (library && line.matches("(Size|Rss):.*")) {
        code[line.startsWith("Size") ? 0 : 1] += Long.parseLong(line.replaceAll("\\D+", ""));
      }
    }
    return code;
  }

  private String log() {
    return read(folder.resolve("log")).orElseThrow();
  }

  private static boolean mayLock() throws IOException {
    boolean unlimited =
        Files.readString(Path.of("/proc/self/limits"))
            .lines()
            .anyMatch(line -> line.matches("Max locked memory +unlimited.*"));
    long capabilities = Long.parseLong(status("self", "CapEff"), 16);
    return unlimited || (capabilities >> CAP_IPC_LOCK & 1) == 1;
  }

  private static long lockedKilobytes(long pid) throws IOException {
    return Long.parseLong(status(Long.toString(pid), "VmLck").replace(" kB", ""));
  }

  private static String status(String process, String name) throws IOException {
    return Files.readString(Path.of("/proc", process, "status"))
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> given(long pid) throws IOException {
    Map<String, String> given = new HashMap<>();
    List<Path> tasks;
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      tasks = all.toList();
    }
    for (Path task : tasks) {
      Optional<String> name = read(task.resolve("comm"));
      Optional<String> stat = read(task.resolve("stat"));
      if (name.isPresent() && stat.isPresent()) {
        String[] fields = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
        given.merge(
            name.get().strip(),
            fields[POLICY] + " " + fields[PRIORITY],
            (one, two) -> one.compareTo(two) < 0 ? one : two);
      }
    }
    return given;
  }

  /** Empty where there is nothing any more, as of a thread that has just ended. */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
