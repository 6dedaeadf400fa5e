package davy.tests.kernel;

import davy.hal.BoardRules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.util.ReflectionUtils;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.Launcher;
import org.opentest4j.AssertionFailedError;

/** What an emulated machine is started from. */
final class Image {

  private static final Path SCRIPTS = Path.of("src/test/sh");
  private static final Path HOME = Path.of(System.getProperty("davy.home"));
  private static final long FETCH_MINUTES = 10;
  private static final int UNABLE = 69;

  private Image() {}

  /** A machine that is there, or why there can't be one here. */
  sealed interface Machine {
    record Ready(Path folder) implements Machine {}

    record Missing(String why) implements Machine {}
  }

  /** Takes the machine from the user's cache, or has it fetched and linked: a minute, once. */
  static Machine machine() throws IOException, InterruptedException {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"))
            .resolve("davy/arm64");
    Path said = Files.createTempFile("arm64", ".txt");
    ProcessBuilder fetch =
        new ProcessBuilder("bash", SCRIPTS.resolve("arm64-machine.sh").toString(), cache.toString())
            .redirectError(said.toFile());
    fetch.environment().put("JAVA_HOME", System.getProperty("java.home"));
    fetch.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
    Process running = fetch.start();
    List<String> lines = running.inputReader().lines().toList();
    boolean ended = running.waitFor(FETCH_MINUTES, TimeUnit.MINUTES);
    running.destroyForcibly();
    String reason = Files.readString(said).strip();
    Files.delete(said);
    System.out.println("emulated kernels: " + (reason.isEmpty() ? lines : reason));
    if (!ended || running.exitValue() == UNABLE) {
      return new Machine.Missing(ended ? reason : "fetching took too long");
    }
    if (running.exitValue() != 0) {
      throw new IOException("arm64-machine.sh: " + reason);
    }
    return new Machine.Ready(Path.of(lines.getLast()));
  }

  /** Kernel's first file system: the machine, Davy as laid out, these tests and a site. */
  static void write(Path image, Path machine, String site, Path scratch) throws IOException {
    try (Cpio cpio = new Cpio(image)) {
      cpio.device("dev/console", 5, 1);
      cpio.add(SCRIPTS.resolve("guest-init.sh"), "init");
      cpio.add(machine.resolve("busybox"), "bin/busybox");
      cpio.add(machine.resolve("lib"), "lib");
      cpio.add(machine.resolve("java"), "java");
      for (String part : List.of("etc", "lib/interlock", "lib/station")) {
        cpio.add(HOME.resolve(part), "davy/" + part);
      }
      cpio.add(Path.of("target/test-classes/davy/tests/kernel"), "tests/classes/davy/tests/kernel");
      for (Path library : libraries()) {
        if (Files.isDirectory(library)) {
          cpio.add(library.resolve("davy/hal"), "tests/classes/davy/hal");
        } else {
          cpio.add(library, "tests/" + library.getFileName());
        }
      }
      Path file = Files.writeString(scratch.resolve("site.toml"), site);
      cpio.add(file, "site/site.toml");
      cpio.add(Path.of("../deploy/sites/maps"), "site/maps");
    }
  }

  /** JUnit's jars and the seam's rules, from wherever they were loaded here. */
  private static Set<Path> libraries() throws IOException {
    Set<Path> libraries = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            BoardRules.class,
            Test.class,
            ParameterizedTest.class,
            JupiterTestEngine.class,
            ReflectionUtils.class,
            TestEngine.class,
            Launcher.class,
            AssertionFailedError.class)) {
      try {
        libraries.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IOException(e);
      }
    }
    return libraries;
  }
}
