package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.interlock.Explanation;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.controller.recording.ValueJson;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a zone has power, asked over the real socket of a running scan. */
class WhyTest {

  @TempDir private Path folder;

  private final Site site = TestSite.site(Optional.empty());
  private final ConcurrentLinkedQueue<Entry> journal = new ConcurrentLinkedQueue<>();

  private LinkServer start() throws Exception {
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", "k", 0, 0);
    return LinkServer.start(
        site,
        folder,
        new LinkServer.Sources(
            new Persons(List.of(), ""),
            () -> status,
            entry -> {
              journal.add(entry);
              return journal.size();
            },
            new ConfigurationStatus("", List.of()),
            folder.resolve("county-trips")),
        Clock.SYSTEM);
  }

  private Map<String, Object> ask(String zone) throws Exception {
    return JsonLine.read(LinkClient.ask(folder, "why", Map.of("zone", zone)));
  }

  @Test
  void itIsToldToAnyoneAndNotJournalled() throws Exception {
    LinkServer link = start();
    TestScan scan = new TestScan(site, link);
    try {
      Explanation why = waitFor();
      assertEquals("Z1", why.zone());
      assertEquals(scan.permit(0), why.permit());
      assertEquals(Permit.GRANTED, why.permit());
      assertEquals(
          List.of("T1"),
          why.groups().getFirst().members().stream().map(Explanation.Member::point).toList());
      assertEquals("UNKNOWN_ZONE", ask("Z9").get("answer"));
      assertEquals(0, journal.size(), "whoever only looks leaves no record");
    } finally {
      scan.close();
      link.close();
    }
  }

  /** The zones are granted a few scans after the start. */
  private Explanation waitFor() throws Exception {
    long end = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end) {
      Map<String, Object> answer = ask("Z1");
      if (Boolean.TRUE.equals(answer.get("accepted"))) {
        Explanation why = ValueJson.read(Explanation.class, answer.get("explanation"));
        if (why.permit() == Permit.GRANTED) {
          assertTrue((Long) answer.get("ageMillis") < 5_000, answer.toString());
          return why;
        }
      }
    }
    throw new AssertionError("no zone was granted within 10 s");
  }

  @Test
  void beforeTheFirstScanThereIsNoAnswer() throws Exception {
    LinkServer link = start();
    try {
      assertEquals("NO_ANSWER", ask("Z1").get("answer"));
    } finally {
      link.close();
    }
  }
}
