package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import davy.controller.config.Person;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever holds both sockets, and even a person's PIN, gets no power back without the key. */
class NeverRestoresTest {

  private static final String PIN = "246810";
  private static final int ROUNDS = 40;
  private static final List<String> WORDS =
      List.of("reset", "grant", "open", "release", "inhibit", "calibrate", "accept", "energise");

  @TempDir Path folder;
  private final Site site = TestSite.site(Optional.empty());
  private final AtomicLong tickets = new AtomicLong();

  private LinkServer server() throws Exception {
    Pin.Hash hash = Pin.of(PIN.toCharArray());
    List<Person.Role> roles = List.of(Person.Role.ELECTRICIAN);
    Person li = new Person("li", "李", roles, hash.salt(), hash.iterations(), hash.hash());
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", 0, 0);
    return LinkServer.start(
        site,
        folder,
        new LinkServer.Sources(
            new Persons(List.of(li), ""), () -> status, _ -> tickets.incrementAndGet()),
        Clock.SYSTEM);
  }

  private String ask(String socket, String line) throws Exception {
    try (LineSocket to = LineSocket.open(folder.resolve(socket))) {
      to.write(line);
      return to.read(10_000).orElse("");
    }
  }

  private String nonce() throws Exception {
    try (LineSocket to = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      return (String) JsonLine.read(to.read(5_000).orElseThrow()).get("nonce");
    }
  }

  @Test
  void noRequestOverAnySocketGivesPowerBack() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (LinkServer link = server();
        TestScan scan = new TestScan(site, link)) {
      LinkTest.await("the zones are granted", () -> scan.permit(0) == Permit.GRANTED);
      ask(LinkServer.PANEL, "{\"request\":\"trip\",\"zone\":\"Z1\",\"person\":\"wang\"}");
      assertEquals(Permit.WITHHELD, scan.permit(0));
      for (int round = 0; round < ROUNDS; round++) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        Map<String, Object> request =
            Map.of(
                "request",
                word,
                "zone",
                "Z1",
                "person",
                "li",
                "pin",
                PIN,
                "nonce",
                nonce(),
                "portable",
                "0.00");
        String socket = random.nextBoolean() ? LinkServer.PANEL : LinkServer.UPLINK;
        String answer = ask(socket, JsonLine.write(request));
        assertFalse(answer.contains("GRANTED"), answer);
        assertEquals(Permit.WITHHELD, scan.permit(0), word + " over " + socket);
      }
    }
  }
}
