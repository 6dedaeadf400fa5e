package davy.controller.countyfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.Labelled;
import davy.controller.link.TestSite;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One quarter of an hour of a heading, against the six files as a county would have got them. */
final class CountyGoldenTest {

  private static final Instant BEGIN = Instant.parse("2026-11-23T03:45:00Z");

  @TempDir Path place;
  private final Site site = TestSite.site(Optional.empty());
  private long seconds;
  private Journal journal;
  private String points = "";

  private Tick now() {
    return new Tick(1_000_000_000L * (1 + seconds));
  }

  private long wallMillis() {
    return BEGIN.plusSeconds(seconds).toEpochMilli();
  }

  private void record(int at, EventCode code, Map<String, Object> fields) {
    seconds = at;
    long ticket = journal.offer(new Entry(code, now(), fields));
    for (long millis = 1; journal.durableTicket() < ticket; millis += 100) {
      journal.work(now().plusMillis(millis));
    }
  }

  /** Gas at T1 rises over the limit and falls, T2 is lost, a window of statistics ends. */
  private void live() {
    record(10, EventCode.SAMPLE, Map.of("points", Map.of("T1", 41)));
    record(60, EventCode.SAMPLE, Map.of("points", Map.of("T1", 162)));
    record(60, EventCode.CAUSE_CAME, Map.of("zone", "Z1", "cause", "METHANE_HIGH", "point", "T1"));
    record(60, EventCode.ZONE_WITHHELD, Map.of("zone", "Z1", "point", "T1"));
    record(90, EventCode.SAMPLE, Map.of("points", Map.of("T1", 250)));
    record(120, EventCode.POINT_LOST, Map.of("point", "T2", "cause", "SENSOR_STALE"));
    Map<String, Object> window =
        Map.ofEntries(
            Map.entry("spanMillis", 300_000),
            Map.entry("samples", 900),
            Map.entry("max", 250),
            Map.entry("maxAtMillis", 90_000),
            Map.entry("min", 41),
            Map.entry("minAtMillis", 10_000),
            Map.entry("mean", 118));
    record(300, EventCode.STATISTICS, Map.of("points", Map.of("T1", window)));
    record(600, EventCode.SAMPLE, Map.of("points", Map.of("T1", 70)));
    record(600, EventCode.CAUSE_WENT, Map.of("zone", "Z1", "cause", "METHANE_HIGH"));
    record(630, EventCode.ZONE_GRANTED, Map.of("zone", "Z1", "by", "itself"));
    points =
        """
        {"name":"T1","state":"good","value":"0.70","alarm":false,"causes":[]},
        {"name":"T2","state":"stale","alarm":false,"causes":["SENSOR_STALE"]},
        {"name":"V1","state":"good","value":"1.25","alarm":false,"causes":[]}""";
  }

  private Optional<String> frame() {
    return Optional.of(
        """
        {"type":"status","journal":{"epoch":"%s","durableSeq":%d},"points":[%s]}"""
            .formatted(journal.status().epoch(), journal.status().durableSeq(), points));
  }

  @Test
  void theSixFilesAreAsTheyWere() throws IOException {
    Path folder = place.resolve("journal");
    journal = Labelled.open(folder, 1 << 20, this::now, this::wallMillis);
    live();
    Path drop = Files.createDirectory(place.resolve("drop"));
    Site.CountyDrop county = new Site.CountyDrop(drop, "梨园煤矿");
    new CountyFiles(site, county, folder, place.resolve("cursor"), this::frame)
        .turn(BEGIN.plusSeconds(900));
    journal.close();
    Map<String, String> made = new TreeMap<>();
    try (Stream<Path> files = Files.list(drop)) {
      for (Path file : files.toList()) {
        made.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertEquals(List.of("CDDY", "CDSS", "FZDY", "FZSS", "TJSJ", "YCBJ"), types(made));
    StringBuilder all = new StringBuilder();
    made.forEach((name, text) -> all.append(name).append('\n').append(readable(text)));
    assertEquals(golden(), all.toString());
  }

  private static List<String> types(Map<String, String> made) {
    return made.keySet().stream().map(name -> name.split("_")[1]).toList();
  }

  /** A row a line. */
  private static String readable(String text) {
    return text.replace("~", "~\n") + "\n";
  }

  private static String golden() throws IOException {
    try (InputStream file = CountyGoldenTest.class.getResourceAsStream("golden.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
