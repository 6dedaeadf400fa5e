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
import java.util.HashMap;
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
      List.of(
          "reset",
          "grant",
          "inhibit",
          "calibrate",
          "end-bypass",
          "unlock-fan",
          "proof-test",
          "accept-configuration",
          "acknowledge",
          "mute",
          "shelve",
          "out-of-service",
          "close-alarm",
          "write",
          "energise");

  @TempDir Path folder;
  private final Site site = TestSite.site(Optional.empty());
  private final AtomicLong tickets = new AtomicLong();

  private LinkServer server() throws Exception {
    Pin.Hash hash = Pin.of(PIN.toCharArray());
    List<Person.Role> roles = List.of(Person.Role.ELECTRICIAN);
    Person li = new Person("li", "李", roles, hash.salt(), hash.iterations(), hash.hash());
    Person wu = new Person("wu", "吴", roles, hash.salt(), hash.iterations(), hash.hash());
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", "k", 0, 0);
    return LinkServer.start(
        site,
        folder,
        new LinkServer.Sources(
            new Persons(List.of(li, wu), ""),
            () -> status,
            _ -> tickets.incrementAndGet(),
            new ConfigurationStatus("", List.of()),
            folder.resolve("county-trips")),
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

  private static void alarm(String word, Map<String, String> request) {
    request.put("alarm", "T1-limit");
    if (!word.equals("acknowledge")) {
      request.put("reason", "because");
    }
    if (word.equals("close-alarm")) {
      request.put("measure", "none");
    }
    if (word.equals("shelve")) {
      request.put("minutes", "1");
    }
  }

  /** Complete and rightly signed, whatever it asks for. */
  private Map<String, String> request(String word) throws Exception {
    Map<String, String> request = new HashMap<>();
    request.put("request", word);
    request.put("person", "li");
    request.put("pin", PIN);
    request.put("nonce", nonce());
    switch (word) {
      case "calibrate", "inhibit" -> {
        request.put("point", "T1");
        request.put("minutes", "30");
        request.put("reason", "because");
      }
      case "end-bypass" -> request.put("point", "T1");
      case "unlock-fan" -> {
        request.put("fan", "F1");
        request.put("reason", "because");
      }
      case "mute" -> {}
      case "acknowledge", "shelve", "out-of-service", "close-alarm" -> alarm(word, request);
      case "accept-configuration" -> request.put("digest", site.digest());
      case "reset" -> {
        request.put("zone", "Z1");
        request.put("portable", "0.00");
        request.put("repaired", "yes");
      }
      default -> request.put("zone", "Z1");
    }
    if (List.of("calibrate", "inhibit", "unlock-fan", "accept-configuration").contains(word)) {
      request.put("second", "wu");
      request.put("secondPin", PIN);
    }
    return request;
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
        Map<String, String> request = request(WORDS.get(random.nextInt(WORDS.size())));
        String socket = random.nextBoolean() ? LinkServer.PANEL : LinkServer.UPLINK;
        String answer = ask(socket, JsonLine.write(request));
        assertFalse(answer.contains("GRANTED"), answer);
        assertEquals(Permit.WITHHELD, scan.permit(0), request + " over " + socket);
      }
    }
  }
}
