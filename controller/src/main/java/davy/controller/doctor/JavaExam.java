package davy.controller.doctor;

import davy.controller.config.StartCache;
import davy.controller.doctor.Finding.Area;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Java's version, the interlock's flags, and whether its start-up cache can be used: with one that
 * is stale or unusable the machine starts all the same, only slower, and says so in a log line that
 * nobody reads.
 */
final class JavaExam {

  private static final int VERSION = 25;
  private static final long START_SECONDS = 30;

  /** What the safety process may not be without, and why. */
  private static final List<List<String>> FLAGS =
      List.of(
          List.of("-ea", "a defect would go on instead of withholding power"),
          List.of("-XX:+ExitOnOutOfMemoryError", "a process without memory would go on"),
          List.of(
              "--enable-native-access=ALL-UNNAMED", "a later Java refuses GPIO and priorities"));

  private final Runtime.Version version;
  private final Path home;
  private final Path java;
  private final StartCache cache;

  /**
   * @param version of the Java that runs this
   * @param home Davy's own folder, as it is installed
   * @param java the Java runtime's folder
   */
  JavaExam(Runtime.Version version, Path home, Path java) {
    this.version = version;
    this.home = home;
    this.java = java;
    this.cache = new StartCache(home);
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        version.feature() == VERSION
            ? Finding.good(Area.JAVA, "version", version + " at " + java)
            : Finding.wrong(
                Area.JAVA, "version", version + " at " + java, "Install Java " + VERSION + "."));
    Path arguments = home.resolve("etc/interlock.args");
    try {
      List<String> flags = Files.readAllLines(arguments);
      flags(flags).forEach(findings::add);
      findings.add(cache());
    } catch (IOException failed) {
      findings.add(
          Finding.wrong(
              Area.JAVA,
              "flags",
              arguments + " can't be read: " + failed.getMessage(),
              "Install Davy again."));
    }
    return List.copyOf(findings);
  }

  private static List<Finding> flags(List<String> given) {
    List<Finding> missing =
        FLAGS.stream()
            .filter(flag -> !given.contains(flag.getFirst()))
            .map(
                flag ->
                    Finding.wrong(
                        Area.JAVA,
                        "flags",
                        flag.getFirst() + " is not in etc/interlock.args: " + flag.getLast(),
                        "Put the file back as it was installed."))
            .toList();
    return missing.isEmpty()
        ? List.of(Finding.good(Area.JAVA, "flags", "as they must be"))
        : missing;
  }

  private Finding cache() throws IOException {
    if (!Files.exists(cache.file())) {
      return Finding.note(
          Area.JAVA,
          "AOT cache",
          "none is used: the interlock starts slower and takes more memory",
          "Make it: davy cache");
    }
    String refusal =
        cache.fitting().isPresent() ? startWithCache() : "it was made of other jars than these";
    return refusal.isEmpty()
        ? Finding.good(Area.JAVA, "AOT cache", cache.file() + " is used")
        : Finding.wrong(
            Area.JAVA,
            "AOT cache",
            cache.file() + " is stale or unusable: " + refusal,
            "Make it again, as after every change of Java or Davy: davy cache");
  }

  /** With AOTMode=on the machine refuses to start where the cache doesn't fit. */
  private String startWithCache() throws IOException {
    Process process =
        new ProcessBuilder(
                java.resolve("bin/java").toString(),
                "@" + home.resolve("etc/interlock.args"),
                "-Ddavy.home=" + home,
                "-XX:AOTCache=" + cache.file(),
                "-XX:AOTMode=on",
                "-cp",
                home.resolve("lib/interlock") + "/*",
                "davy.controller.InterlockMain",
                "--help")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() == 0) {
        return "";
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return said.lines().findFirst().orElse("it did not start");
  }
}
