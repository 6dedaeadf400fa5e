package davy.tests.storm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The storm in a process of its own, for it needs its own memory and a hotter compiler. */
public final class StormProcess {

  private StormProcess() {}

  /**
   * How a storm ended.
   *
   * @param exitCode 0 where every promise was kept
   */
  public record Ended(int exitCode, String said) {}

  /**
   * @param first folders that come first on the class path
   * @param arguments as {@code ./davy storm} takes them
   */
  public static Ended run(List<Path> first, String... arguments) throws IOException {
    List<String> path = new ArrayList<>(first.stream().map(Path::toString).toList());
    path.add(System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Dtinylog.level=off",
                "-cp",
                String.join(System.getProperty("path.separator"), path),
                Storm.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.onExit().join().exitValue(), said);
  }
}
