package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The interlock needs no network and touches none. */
@Tag("real-time")
final class NoNetworkTest {

  @TempDir private Path folder;

  @Test
  void theInterlockWorksWithoutAnyInterfaceAndNeverUsesAnInternetSocket() throws Exception {
    Path trace = folder.resolve("trace");
    try (DemoProcess demo = DemoProcess.start(folder.resolve("root"))) {
      demo.awaitShift();
      List<String> command =
          new ArrayList<>(
              List.of("unshare", "--map-root-user", "--net", "--", "strace", "-f", "-qq"));
      command.add("--seccomp-bpf"); // nothing but the traced calls is slowed down
      command.addAll(List.of("-e", "trace=%network", "-o", trace.toString()));
      command.addAll(demo.commandLine("interlock"));
      int before = demo.now();
      DemoProcess.signal("KILL", demo.pid("interlock"));
      demo.await("the cut", before, event -> event.feed(false));
      int restart = demo.now();
      Process traced =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("interlock.log").toFile())
              .start();
      try {
        demo.await("power again", restart, event -> event.feed(true));
        int powered = demo.now();
        demo.type("unplug T2");
        demo.await("the cut by the traced interlock", powered, event -> event.feed(false));
        assertEquals(List.of(), internetSockets(traced));
      } finally {
        traced.descendants().forEach(ProcessHandle::destroy);
        traced.destroy();
        traced.waitFor();
      }
    }
    judge(Files.readAllLines(trace));
  }

  /** Open sockets of the traced process that are no unix sockets. */
  private static List<String> internetSockets(Process traced) throws IOException {
    ProcessHandle java =
        Stream.concat(Stream.of(traced.toHandle()), traced.descendants())
            .filter(one -> one.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow();
    Path folder = Path.of("/proc", Long.toString(java.pid()));
    String unix = Files.readString(folder.resolve("net/unix"));
    List<String> others = new ArrayList<>();
    try (Stream<Path> open = Files.list(folder.resolve("fd"))) {
      for (Path one : open.toList()) {
        String target = Files.exists(one) ? "" : Files.readSymbolicLink(one).toString();
        if (target.startsWith("socket:[") && !unix.contains(" " + inode(target) + " ")) {
          others.add(target);
        }
      }
    }
    return others;
  }

  private static String inode(String target) {
    return target.substring("socket:[".length(), target.length() - 1);
  }

  /**
   * The JDK's network library makes internet sockets when it is loaded, to learn which options the
   * kernel knows, and closes them at once. None is ever given an address, listened on or spoken
   * over.
   */
  private static void judge(List<String> trace) {
    assertTrue(trace.stream().anyMatch(line -> line.contains("bind(")), "strace saw nothing");
    List<String> used =
        trace.stream()
            .filter(line -> line.contains("sa_family=AF_") && !line.contains("AF_UNIX"))
            .toList();
    assertEquals(List.of(), used);
    List<String> made =
        trace.stream()
            .filter(line -> line.contains("socket(") && !line.contains("AF_UNIX"))
            .filter(line -> !line.matches(".*socket\\(AF_INET6?, SOCK_STREAM, .*"))
            .toList();
    assertEquals(List.of(), made);
  }
}
