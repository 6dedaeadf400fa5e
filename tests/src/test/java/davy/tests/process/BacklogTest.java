package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Folders;
import davy.controller.event.EventCode;
import davy.controller.journal.Chain;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.Signer;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three days without a broker, in compressed time: the journal grows by what a heading at rest
 * writes in 72 h (339 MB, here in many small records), then the real interlock and station run on
 * it, first without a broker, then with one.
 */
@Tag("real-time")
@EnabledIfSystemProperty(named = "davy.long", matches = "true")
final class BacklogTest {

  private static final int RECORDS = 850_000;
  private static final int OFFLINE_SECONDS = 60;
  private static final long MOST_KILOBYTES = 128 << 10;
  private static final long PATIENCE_NANOS = 1_200_000_000_000L;

  @TempDir private Path folder;

  @Test
  void threeDaysWithoutABrokerAreSentInFlatMemory() throws Exception {
    try (CountyBeside county = new CountyBeside(folder);
        Companions beside = new Companions(Files.createDirectory(folder.resolve("beside")))) {
      Process broker = county.broker();
      try (DemoProcess demo = DemoProcess.start(folder.resolve("root"), "--broker", county.uri())) {
        demo.awaitShift();
        Folders folders = Folders.of(Optional.of(demo.root()));
        awaitSaved(folders.station().resolve("sparkplug.json"));
        List<String> interlock = demo.commandLine("interlock");
        List<String> station = demo.commandLine("station");
        DemoProcess.signal("KILL", demo.pid("interlock"));
        DemoProcess.signal("KILL", demo.pid("station"));
        broker.destroyForcibly().onExit().join();
        long made = grow(folders.journal(), folders.interlock());
        beside.startMute(interlock);
        Process running = beside.startMute(station);
        long offline = rest(running);
        county.broker();
        Process marks = county.marks();
        long began = System.nanoTime();
        county.receiver();
        long millis = drain(county, made);
        System.out.printf("fault table | 72 h | drained at %d a second%n", made * 1_000 / millis);
        awaitPastTold(marks);
        long past = (System.nanoTime() - began) / 1_000_000_000L;
        long most = CountyTest.mostKilobytes(running.pid());
        System.out.printf(
            "fault table | 72 h without a broker | %d made, all received and verified | a Sparkplug"
                + " host told all after %d s | station at most %d MB resident, %d MB offline%n",
            made, past, most >> 10, offline >> 10);
        assertTrue(most <= MOST_KILOBYTES, "the station took " + most + " kB");
        running.destroy();
        verify(county);
      }
    }
  }

  /** How far hosts were told is on disk: the edge node will go on from there. */
  private static void awaitSaved(Path place) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(place) || Files.readString(place).contains("\"epoch\":\"\"")) {
      assertTrue(System.nanoTime() - end < 0, "nothing is saved in " + place);
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static long grow(Path journals, Path interlock) throws IOException {
    Journal journal = Journal.open(journals, 4 << 20, Clock.SYSTEM);
    Signer signer = Signer.open(interlock, journal, Clock.SYSTEM);
    for (int number = 1; number <= RECORDS; number++) {
      Map<String, Object> fields = Map.of("points", Map.of("T1", number % 100, "T2", 41));
      journal.offer(new Entry(EventCode.SAMPLE, Clock.SYSTEM.now(), fields));
      if (number % 2_000 == 0) {
        while (journal.durableTicket() < number) {
          journal.work(Clock.SYSTEM.now());
        }
        signer.work(Clock.SYSTEM.now());
      }
    }
    signer.close();
    journal.close();
    return journal.status().durableSeq();
  }

  /** Nobody to talk to; the most memory that it took. */
  private static long rest(Process station) throws Exception {
    long end = System.nanoTime() + OFFLINE_SECONDS * 1_000_000_000L;
    while (System.nanoTime() - end < 0) {
      assertTrue(station.isAlive(), "the station has ended");
      LockSupport.parkNanos(500_000_000);
    }
    return CountyTest.mostKilobytes(station.pid());
  }

  /** The edge node has gone through all records behind the last one that was told. */
  private static void awaitPastTold(Process marks) throws Exception {
    BufferedReader lines = marks.inputReader(StandardCharsets.UTF_8);
    boolean begun = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      long left = (Long) JsonLine.read(line).get("backlog");
      begun |= left > RECORDS / 2;
      if (begun && left == 0) {
        return;
      }
    }
    throw new AssertionError("the subscriber has ended");
  }

  private static long drain(CountyBeside county, long made) throws Exception {
    await(county, 1);
    long begin = System.nanoTime();
    await(county, made);
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static void await(CountyBeside county, long seq) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (county.completeTo() < seq) {
      assertTrue(System.nanoTime() - end < 0, () -> "not complete to " + seq);
      LockSupport.parkNanos(200_000_000);
    }
  }

  private void verify(CountyBeside county) throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    county.export(copy.resolve("0000000001.jsonl"));
    Chain.Verdict verdict = Chain.verify(copy, Set.of(), Map.of());
    assertTrue(verdict instanceof Chain.Verdict.Consistent, verdict.toString());
    Chain.Totals totals = ((Chain.Verdict.Consistent) verdict).totals();
    assertEquals(totals.lastSeq(), totals.records(), "each once");
    assertTrue(totals.signedSeq() > RECORDS, "not signed");
  }
}
