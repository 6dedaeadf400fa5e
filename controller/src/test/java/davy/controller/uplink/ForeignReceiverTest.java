package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.json.JsonLine;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver in another language, which knows what the documents say and shares no code. */
final class ForeignReceiverTest {

  private static final String RECEIVER = "../deploy/docs/example/receiver.py";

  @TempDir Path place;
  private final List<Process> running = new ArrayList<>();

  @AfterEach
  void end() {
    running.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    running.forEach(process -> process.destroyForcibly().onExit().join());
    ClientThreads.awaitNone();
  }

  private Process receiver(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", RECEIVER));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(place.resolve("said").toFile()).start();
    running.add(process);
    return process;
  }

  private String said() throws IOException {
    return Files.readString(place.resolve("said"));
  }

  private Outpost outpost() throws IOException {
    Path folder = Files.createDirectories(place.resolve("station"));
    return new Outpost("410403004688/00001", folder, Clock.SYSTEM);
  }

  private List<String> verify(Outpost station) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("verify", "--key", station.key()));
    try (Stream<Path> files = Files.list(station.journalFolder())) {
      files
          .map(Path::toString)
          .filter(name -> name.endsWith(".jsonl"))
          .sorted()
          .forEach(arguments::add);
    }
    return arguments;
  }

  private Map<String, Object> report(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return JsonLine.read(text.strip());
  }

  @Test
  void aJournalIsVerifiedAndAnEditedOneIsNamed() throws Exception {
    try (Outpost station = outpost()) {
      station.grow(1_200);
      Process good = receiver(verify(station));
      Map<String, Object> report = report(good);
      assertEquals(0, good.waitFor(), said());
      assertEquals(station.journal().durableSeq(), report.get("completeTo"));
      assertTrue((Long) report.get("signedTo") > 400, report.toString());
      Path file = station.journalFolder().resolve("0000000001.jsonl");
      String text = Files.readString(file);
      Files.writeString(file, text.replaceFirst("\"number\":7,", "\"number\":8,"));
      Process bad = receiver(verify(station));
      assertTrue(report(bad).get("findings").toString().contains("does not fit its bytes"));
      assertEquals(1, bad.waitFor());
    }
  }

  @Test
  void itReceivesAStationOverARealBrokerAcknowledgesAndGoesOnAfterAKill() throws Exception {
    try (Mosquitto broker = new Mosquitto(place, "");
        Outpost station = outpost()) {
      station.grow(1_500);
      station.connect(Outpost.broker(broker.port()));
      List<String> listen =
          List.of("listen", place.toString(), "--port", "" + broker.port(), "--key", station.key());
      Process first = receiver(listen);
      await("something is acknowledged", 60, () -> station.cursor() > 0);
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly().onExit().join();
      station.grow(500);
      receiver(listen);
      long last = station.journal().durableSeq();
      await("all is acknowledged", 60, () -> station.cursor() == last);
      List<String> kept = Files.readAllLines(place.resolve("410403004688-00001.jsonl"));
      assertEquals(last, kept.size());
      assertEquals(last, kept.stream().distinct().count(), "none twice");
      assertEquals("", said());
    }
  }
}
