package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Folders;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.link.ConfigurationStatus;
import davy.controller.link.JournalStatus;
import davy.controller.link.LinkServer;
import davy.controller.link.TestScan;
import davy.controller.link.TestSite;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationTest {

  @TempDir Path root;
  private final Site site = TestSite.site(Optional.empty());

  @Test
  void theStationRunsWithoutAnInterlockAndSaysSoAndThenServesOne() throws Exception {
    Folders folders = Folders.of(Optional.of(root));
    try (Station station = Station.start(site, folders)) {
      assertEquals(Optional.empty(), station.link().latest());
      String refused = station.link().trip("Z1", "wang");
      assertTrue(refused.contains("no connection to the interlock"), refused);
      LinkServer.Sources sources =
          new LinkServer.Sources(
              new Persons(List.of(), "none"),
              () -> new JournalStatus(true, "", "e", 0, "", "", 0, 0),
              _ -> 1,
              new ConfigurationStatus("", List.of()),
              root.resolve("county-trips"));
      try (LinkServer link = LinkServer.start(site, folders.run(), sources, Clock.SYSTEM);
          TestScan scan = new TestScan(site, link)) {
        await("the interlock hears the station", () -> link.stationAlive(Clock.SYSTEM.now()));
        await("frames arrive", () -> station.link().latest().isPresent());
        await("the zone is granted", () -> scan.permit(0) == Permit.GRANTED);
        String answer = tripAtThePage(station.panel().address());
        assertTrue(answer.contains("\"TRIPPED\""), answer);
        assertEquals(Permit.WITHHELD, scan.permit(0));
      }
      await("the loss is noticed", () -> station.link().latest().isEmpty());
    }
  }

  private static String tripAtThePage(URI page) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(page.resolve("trip"))
              .header("Content-Type", "application/json")
              .header("X-Davy-Panel", "1")
              .header("Origin", page.toString().replaceAll("/$", ""))
              .POST(HttpRequest.BodyPublishers.ofString("{\"zone\":\"Z1\",\"person\":\"wang\"}"))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void theCommandLineIsASiteAndPerhapsARoot() {
    Path file = Path.of("s.toml");
    StationMain.Arguments rooted = new StationMain.Arguments(file, Optional.of(Path.of("dir")));
    assertEquals(Optional.of(new StationMain.Arguments(file, Optional.empty())), read("s.toml"));
    assertEquals(Optional.of(rooted), read("s.toml", "--root", "dir"));
    assertEquals(Optional.of(rooted), read("--root", "dir", "s.toml"));
    assertEquals(Optional.empty(), read());
    assertEquals(Optional.empty(), read("--root", "dir"));
    assertEquals(Optional.empty(), read("-x"));
    assertEquals(Optional.empty(), read("s.toml", "t.toml", "--root"));
  }

  private static Optional<StationMain.Arguments> read(String... arguments) {
    return StationMain.Arguments.read(List.of(arguments));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited 10 s in vain until " + what);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
