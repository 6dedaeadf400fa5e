package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.process.DemoProcess.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of power, processes and files when somebody is killed. */
@Tag("real-time")
final class DemoSignalTest {

  /** The pulse of the demonstration's coil and its breaker's drop-out. */
  private static final long DEAD_MAN_MILLIS = 1_000 + 60;

  /** For the frame under way at the kill, and for a machine that is busy with other tests. */
  private static final long SLACK_MILLIS = 300;

  private static final long QUIET_MILLIS = 2_500;

  @TempDir private Path folder;

  private DemoProcess shift() throws Exception {
    return shift(folder);
  }

  private static DemoProcess shift(Path folder) throws Exception {
    DemoProcess demo = DemoProcess.start(folder.resolve("root"));
    demo.awaitShift();
    return demo;
  }

  @Test
  void theDeathOfTheStationChangesNothingAtTheRelays() throws Exception {
    Patience.attempt(folder, DemoSignalTest::stationDies);
  }

  private static void stationDies(Path folder) throws Exception {
    try (DemoProcess demo = shift(folder)) {
      int before = demo.now();
      DemoProcess.signal("KILL", demo.pid("station"));
      demo.await("the end of the station", before, event -> event.is("ended"));
      Optional<Event> moved =
          demo.comes(before, QUIET_MILLIS, event -> event.is("relay") || event.is("feed"));
      assertEquals(Optional.empty(), moved, "longer than any pulse");
      int after = demo.now();
      demo.type("unplug T1");
      demo.await("the cut", after, event -> event.feed(false));
    }
  }

  @Test
  void theDeathOfTheInterlockLeavesTheBreakerDeadWithinThePulse() throws Exception {
    Patience.attempt(folder, DemoSignalTest::interlockDies);
  }

  private static void interlockDies(Path folder) throws Exception {
    try (DemoProcess demo = shift(folder)) {
      int before = demo.now();
      long killed = System.nanoTime();
      DemoProcess.signal("KILL", demo.pid("interlock"));
      Event relay = demo.await("the relay's fall", before, event -> event.is("relay"));
      Event dead = demo.await("the cut", before, event -> event.feed(false));
      assertEquals(false, relay.fields().get("energised"));
      assertEquals(false, relay.fields().get("written"), "nobody was left to write it");
      long millis = (dead.number("tick") - killed) / 1_000_000L;
      assertTrue(millis <= DEAD_MAN_MILLIS + SLACK_MILLIS, "dead after " + millis + " ms");
    }
  }

  @Test
  void anInterlockThatIsToldToEndWritesTheRelayOffFirst() throws Exception {
    Patience.attempt(folder, DemoSignalTest::interlockIsToldToEnd);
  }

  private static void interlockIsToldToEnd(Path folder) throws Exception {
    try (DemoProcess demo = shift(folder)) {
      int before = demo.now();
      DemoProcess.signal("TERM", demo.pid("interlock"));
      Event relay = demo.await("the relay's fall", before, event -> event.is("relay"));
      assertEquals(true, relay.fields().get("written"));
      demo.await("the cut", before, event -> event.feed(false));
    }
  }

  @Test
  void controlCLeavesNoProcessAndNoFile() throws Exception {
    Set<Path> before = temporary();
    try (DemoProcess demo = shift()) {
      List<Long> pids = demo.pids();
      assertEquals(5, pids.size(), demo.said());
      assertTrue(pids.stream().allMatch(DemoProcess::alive));
      DemoProcess.signal("INT", demo.process().pid());
      demo.awaitEnd(20_000);
      assertTrue(pids.stream().noneMatch(DemoProcess::alive), demo.said());
      assertFalse(Files.exists(demo.root()), () -> "left: " + left(demo.root()));
      Set<Path> after = temporary();
      after.removeAll(before);
      assertEquals(Set.of(), after);
    }
  }

  @Test
  void theDeathOfTheDemonstrationTakesEveryProcessWithIt() throws Exception {
    try (DemoProcess demo = shift()) {
      List<Long> pids = demo.pids();
      DemoProcess.signal("KILL", demo.process().pid());
      long end = System.nanoTime() + 5_000_000_000L;
      while (pids.stream().anyMatch(DemoProcess::alive) && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      assertTrue(pids.stream().noneMatch(DemoProcess::alive), "children outlive their parent");
    }
  }

  private static String left(Path root) {
    try {
      return DemoProcess.leftIn(root).toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What a run of ours might leave in the machine's folder of temporary files. */
  private static Set<Path> temporary() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().matches("davy-demo-.*|.*jssc.*"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
