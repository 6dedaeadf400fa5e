package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the surface wants to write ends in the interlock's journal, over the real socket. */
class RefusedWriteTest {

  @TempDir Path folder;
  private final Site site = TestSite.site(Optional.empty());
  private final ConcurrentLinkedQueue<Entry> journal = new ConcurrentLinkedQueue<>();

  private LinkServer server() throws Exception {
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", "k", 0, 0);
    return LinkServer.start(
        site,
        folder,
        new LinkServer.Sources(
            new Persons(List.of(), ""),
            () -> status,
            entry -> journal.add(entry) ? journal.size() : -1,
            new ConfigurationStatus("", List.of()),
            folder.resolve("county-trips")),
        Clock.SYSTEM);
  }

  private static String write(String metric, String more) {
    return JsonLine.write(Map.of("request", "write", "metric", metric, "more", more));
  }

  @Test
  void itIsRefusedWhateverItIsAndRecordedApartFromTrips() throws Exception {
    try (LinkServer link = server()) {
      try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.UPLINK))) {
        for (int i = 0; i < 15; i++) {
          socket.write(write("DCMD Zone-Z1 Granted", "7"));
          assertTrue(socket.read(5_000).orElseThrow().contains("\"NO_WRITES\""));
        }
        for (String wrong : List.of(write("x", "1234567890"), write("x".repeat(65), "0"))) {
          socket.write(wrong);
          assertTrue(socket.read(5_000).orElseThrow().contains("\"MALFORMED\""));
        }
      }
      List<Map<String, Object>> all = journal.stream().map(Entry::fields).toList();
      List<Map<String, Object>> writes =
          all.stream().filter(one -> one.get("request").equals("write")).toList();
      assertEquals(10, writes.size(), "no flood fills the disk");
      assertEquals("DCMD Zone-Z1 Granted", writes.getFirst().get("metric"));
      assertEquals(false, writes.getFirst().get("accepted"));
      assertEquals(7L, writes.getFirst().get("unrecorded"));
      assertEquals(2, all.size() - writes.size(), "what else is refused keeps its own place");
      assertEquals(List.of(), link.requests(), "nothing of it reaches the interlock's decision");
      assertEquals(List.of(), link.alarmRequests());
    }
  }
}
