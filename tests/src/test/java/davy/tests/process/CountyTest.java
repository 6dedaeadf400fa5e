package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.json.JsonLine;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's station, and a county as it would be installed. */
@Tag("real-time")
final class CountyTest {

  /** Of the station's process; a goal of ours. */
  private static final long MOST_KILOBYTES = 128 << 10;

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir private Path base;

  @Test
  void aTripIsWithTheCountyAtOnceAndInItsDataBase() throws Exception {
    Patience.attempt(base, CountyTest::trip);
  }

  private static void trip(Path folder) throws Exception {
    try (CountyBeside county = new CountyBeside(folder)) {
      county.broker();
      county.receiver();
      Process listening = county.subscriber();
      ScadaBeside scada = county.scada("Zone-Z1");
      try (DemoProcess demo = DemoProcess.start(folder.resolve("root"), "--broker", county.uri())) {
        demo.awaitShift();
        int before = demo.now();
        demo.type("outburst");
        demo.await("the cut", before, event -> event.feed(false));
        long command = commanded(listening);
        long evidence = (System.nanoTime() - command) / 1_000_000L;
        long host = (scada.told("Granted", false, command) - command) / 1_000_000L;
        System.out.printf(
            "a trip was with the county's subscriber %d ms after its command, with a Sparkplug"
                + " host after %d ms; the station had at most %d MB resident%n",
            evidence, host, mostKilobytes(demo.pid("station")) >> 10);
        assertTrue(mostKilobytes(demo.pid("station")) <= MOST_KILOBYTES, "too much memory");
        awaitComplete(county);
      }
    }
  }

  /** Waits for the record of the trip; the tick of its command, of this machine's clock. */
  private static long commanded(Process listening) throws Exception {
    BufferedReader lines = listening.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("\"code\":\"zone.withheld\"")) {
        return (Long) JsonLine.read(line).get("commandedTick");
      }
    }
    throw new AssertionError("the subscriber has ended");
  }

  /** Memory that a process has taken at most. */
  static long mostKilobytes(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** In order, the trip among it, and an alarm that is open. */
  private static void awaitComplete(CountyBeside county) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    Map<String, Object> status = county.status();
    while (!String.valueOf(status.get("alarms")).contains("T1-limit")) {
      assertTrue(System.nanoTime() - end < 0, "no open alarm in " + status);
      LockSupport.parkNanos(200_000_000);
      status = county.status();
    }
    assertEquals(true, status.get("inOrder"), status.toString());
    assertTrue((Long) status.get("completeTo") > 10, status.toString());
    String told = county.told();
    assertTrue(told.contains("gaps 0, forged 0; last seen "), told);
    assertTrue(told.contains("signer not checked"), told);
  }
}
