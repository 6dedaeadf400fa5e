package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A SCADA host that Davy did not write, the host application of Eclipse Tahu, follows a station
 * through births, data, a wish for births, deaths and the past, and finds nothing to complain of:
 * it wishes for births by itself where a message is missing, out of order or not understood.
 */
class ForeignHostTest {

  private static final String HOST = "SCADA-1";
  private static final String GROUP = "410403004688";
  private static final String STATION = GROUP + "/00001";
  private static final long MISSED = 500;

  @TempDir Path folder;

  @AfterEach
  void leaveNothingRunning() {
    ClientThreads.awaitNone();
  }

  /** The host as a process of its own, and what it has told. */
  private static final class Host implements AutoCloseable {
    private final Process process;
    private final PrintWriter wishes;
    private final List<String> told = new CopyOnWriteArrayList<>();

    Host(int port) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-cp",
                  Path.of("target", "tahu-host").toAbsolutePath() + "/*",
                  "src/test/tahu/Host.java",
                  Integer.toString(port),
                  HOST,
                  GROUP)
              .redirectErrorStream(true)
              .start();
      wishes = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(told::add);
      } catch (IOException e) {
        told.add(e.toString());
      }
    }

    void wish() {
      wishes.println();
    }

    long count(String event) {
      return told.stream().filter(line -> line.startsWith("HOST " + event)).count();
    }

    void await(String event, long times) {
      Mosquitto.await(event, () -> count(event) >= times || !process.isAlive());
      assertEquals(times, count(event), () -> String.join("\n", told));
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  @Test
  void theHostOfEclipseTahuFollowsAStationAndHasNothingToComplainOf() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "");
        Scada beside = new Scada(broker.port());
        Host host = new Host(broker.port())) {
      try (Node node = new Node(folder, broker.port(), Optional.of(HOST))) {
        host.await("onNodeBirthComplete " + STATION, 1);
        host.await("onDeviceBirthComplete " + STATION + "/", 5);
        node.show(1, "0.41", true);
        host.await("onDataMetric " + STATION + "/Heads-T1 T1/Value=0.41", 1);
        node.show(2, "overRange", false);
        host.await("onDataMetric " + STATION + "/Heads-T1 T1/Value=null", 1);
        host.await("onDataMetric " + STATION + "/Zone-Z1 Granted=false", 1);
        host.wish();
        host.await("onNodeBirthComplete " + STATION, 2);
        host.await("onDeviceBirthComplete " + STATION + "/", 10);
        node.interlockGone();
        host.await("onDeviceDeathComplete " + STATION + "/", 5);
        host.await("onNodeDeathComplete " + STATION, 0);
      }
      host.await("onNodeDeathComplete " + STATION, 1);
      try (Node node = new Node(folder, broker.port(), Optional.of(HOST), MISSED)) {
        host.await("onNodeBirthComplete " + STATION, 3);
        host.await("onDeviceBirthComplete " + STATION + "/", 15);
        await("the past", () -> past(host) >= MISSED);
        node.show(MISSED + 1, "0.777", true);
        host.await("onDataMetric " + STATION + "/Heads-T1 T1/Value=0.777", 1);
      }
      host.await("onNodeDeathComplete " + STATION, 2);
      assertEquals(1, beside.count("NCMD"), "it wished for births only when it was told to");
    }
  }

  private static long past(Host host) {
    return host.told.stream()
        .filter(line -> line.contains("/Heads-T1 T1/Value=") && line.endsWith(" past"))
        .count();
  }
}
