package davy.controller.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code davy county} as a process of its own, to be killed. */
final class CountyProcess implements AutoCloseable {

  private final Process process;

  /**
   * @param folder for its file and its log
   */
  CountyProcess(Path folder, CountyRig county, int port) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("county.toml"),
            """
            [county]
            name = "process"
            [database]
            url = "%s"
            [broker]
            uri = "tcp://127.0.0.1:%d"
            keepAliveSeconds = 60
            """
                .formatted(county.database().url(), port));
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("src/main/layout/etc/county.args").toAbsolutePath());
    command.addAll(List.of("-cp", path, "davy.controller.CountyMain", file.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("county.log").toFile()))
            .start();
  }

  /** Processor time that it has taken, nanoseconds. */
  long processorNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** Memory that it has taken at most, kB. */
  long mostKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
