package davy.controller.countyfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.link.TestSite;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The county's six files, letter by letter. */
final class CountyFilesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final String MINE = "410403004688";
  private static final String HEAD = MINE + ";梨园煤矿;2026-11-23 12:00:00~";

  @TempDir Path place;
  private final Site site = TestSite.site(Optional.empty());
  private Optional<String> frame = Optional.empty();
  private Path drop;
  private Journal journal;

  @BeforeEach
  void folders() throws IOException {
    drop = Files.createDirectory(place.resolve("drop"));
    journal = Journal.open(place.resolve("journal"), 1 << 20, Clock.SYSTEM);
  }

  private CountyFiles files() {
    return new CountyFiles(
        site,
        new Site.CountyDrop(drop, "梨园煤矿"),
        place.resolve("journal"),
        place.resolve("cursor"),
        () -> frame);
  }

  /** What stands in the folder, by type; every file is taken away as a collector would. */
  private Map<String, String> collect() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(drop)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        assertTrue(name.matches(MINE + "_[A-Z]{4}_\\d{14}\\.txt"), name);
        found.put(name.split("_")[1], Files.readString(file, StandardCharsets.UTF_8));
        Files.delete(file);
      }
    }
    found.values().forEach(text -> assertTrue(text.endsWith("||"), text));
    return found;
  }

  private void tell() {
    Journal.Status status = journal.status();
    frame =
        Optional.of(
            """
            {"type":"status","journal":{"epoch":"%s","durableSeq":%d},"points":[
            {"name":"T1","state":"good","value":"1.62","alarm":true,"causes":["METHANE_HIGH"]},
            {"name":"T2","state":"faulty","alarm":false,"causes":["SENSOR_FAULT"]},
            {"name":"V1","state":"overRange","alarm":true,"causes":[]}]}"""
                .formatted(status.epoch(), status.durableSeq()));
  }

  private void record(EventCode code, Map<String, Object> fields) {
    long ticket = journal.offer(new Entry(code, Clock.SYSTEM.now(), fields));
    while (journal.durableTicket() < ticket) {
      journal.work(Clock.SYSTEM.now().plusMillis(1_000));
    }
    tell();
  }

  @Test
  void definitionsAndPresentOfAHeadingAreAsTheRulesSay() throws IOException {
    tell();
    files().turn(NOON);
    Map<String, String> files = collect();
    String t1 = MINE + "01MN0001T1";
    String v1 = MINE + "01MN0002V1";
    assertEquals(List.of("CDDY", "CDSS", "FZDY", "FZSS"), List.copyOf(files.keySet()));
    assertEquals(HEAD + MINE + "00001;3204 掘进工作面;;;~||", files.get("FZDY"));
    assertEquals(HEAD + MINE + "00001;0;;2026-11-23 12:00:00~||", files.get("FZSS"));
    String[] present = files.get("CDSS").split("~");
    assertEquals(5, present.length);
    assertTrue(present[1].startsWith(t1 + ";环境瓦斯;"), present[1]);
    assertTrue(present[1].endsWith(";1.62;%CH4;3;2026-11-23 12:00:00"), present[1]);
    assertTrue(present[2].endsWith(";-9999;%CH4;130;2026-11-23 12:00:00"), present[2]);
    assertTrue(present[3].startsWith(v1 + ";风速;"), present[3]);
    assertTrue(present[3].endsWith(";-9999;m/s;9;2026-11-23 12:00:00"), present[3]);
    for (String row : List.of(present[1], present[2], present[3])) {
      assertEquals(7, row.split(";", -1).length, row);
    }
    for (String row : files.get("CDDY").substring(HEAD.length()).split("~")) {
      assertTrue(row.equals("||") || row.split(";", -1).length == 24, row);
    }
    assertTrue(files.get("CDDY").contains(t1 + ";01;" + MINE + "00001;环境瓦斯;MN;%CH4;;;"));
  }

  @Test
  void anInterlockThatCannotBeReachedIsToldAndNoPointCountsAsPolled() throws IOException {
    CountyFiles files = files();
    files.turn(NOON);
    Map<String, String> told = collect();
    assertTrue(told.get("FZSS").contains("00001;1;;"), told.get("FZSS"));
    assertEquals(3, told.get("CDSS").split(";-9999;[^;]*;32;", -1).length - 1);
    files.turn(NOON.plusSeconds(29));
    assertEquals(Map.of(), collect());
    files.turn(NOON.plusSeconds(30));
    assertEquals(List.of("CDSS", "FZSS"), List.copyOf(collect().keySet()));
    files.turn(NOON.plusSeconds(86_400));
    assertEquals(4, collect().size(), "definitions once a day");
  }

  @Test
  void statisticsComeFromTheJournalWithTheirOwnTimes() throws IOException {
    Map<String, Object> window =
        Map.of(
            "spanMillis",
            300_000,
            "samples",
            9,
            "max",
            62,
            "maxAtMillis",
            60_000,
            "min",
            41,
            "minAtMillis",
            0,
            "mean",
            50);
    Map<String, Object> empty = Map.of("spanMillis", 300_000, "samples", 0);
    record(EventCode.STATISTICS, Map.of("points", Map.of("T1", window)));
    record(EventCode.STATISTICS, Map.of("points", Map.of("T2", empty)));
    files().turn(NOON);
    String[] rows = collect().get("TJSJ").split("~");
    String[] fields = rows[1].split(";");
    assertEquals(12, fields.length, rows[1]);
    assertEquals(List.of("0.62", "0.41", "0.50"), List.of(fields[6], fields[8], fields[10]));
    Instant start = at(fields[4]);
    assertEquals(start.plusSeconds(300), at(fields[5]));
    assertEquals(start.plusSeconds(60), at(fields[7]));
    assertEquals(3, rows[2].split("-9999", -1).length - 1, rows[2]);
  }

  private static Instant at(String time) {
    return Instant.parse(time.replace(' ', 'T') + "+08:00");
  }

  @Test
  void anExceptionIsToldAtItsBeginAndAtItsEndAlsoAcrossARestartAndAnUnwritableFolder()
      throws IOException {
    record(EventCode.SAMPLE, Map.of("points", Map.of("T1", 160)));
    record(EventCode.CAUSE_CAME, Map.of("zone", "Z1", "cause", "METHANE_HIGH", "point", "T1"));
    record(EventCode.ZONE_WITHHELD, Map.of("zone", "Z1", "point", "T1"));
    files().turn(NOON);
    String[] begun = collect().get("YCBJ").split("~");
    assertEquals(4, begun.length);
    String[] fields = begun[1].split(";", -1);
    assertEquals(17, fields.length, begun[1]);
    assertEquals(List.of("001", ""), List.of(fields[4], fields[6]));
    assertEquals("1.60", fields[7]);
    assertTrue(begun[2].contains(";002;"), begun[2]);

    record(EventCode.SAMPLE, Map.of("points", Map.of("T1", 250)));
    record(EventCode.CAUSE_WENT, Map.of("zone", "Z1", "cause", "METHANE_HIGH"));
    record(EventCode.POINT_LOST, Map.of("point", "T2", "cause", "SENSOR_STALE"));
    CountyFiles again = files();
    Files.delete(drop);
    again.turn(NOON.plusSeconds(100));
    Files.createDirectory(drop);
    again.turn(NOON.plusSeconds(101));
    String[] ended = collect().get("YCBJ").split("~");
    assertEquals(4, ended.length, String.join("~", ended));
    String[] end = ended[1].split(";", -1);
    assertEquals(fields[5], end[5], "its own begin");
    assertTrue(!end[6].isEmpty() && end[7].equals("2.50") && end[9].equals("1.60"), ended[1]);
    assertTrue(ended[2].contains(";004;"), ended[2]);
    again.turn(NOON.plusSeconds(103));
    assertEquals(Optional.empty(), Optional.ofNullable(collect().get("YCBJ")), "and only once");
  }

  @Test
  void textThatHoldsSeparatorsOrHalfAFileNeverReachesTheCollector() throws IOException {
    CountyFile file =
        CountyFile.of(
            CountyFile.Type.FZDY, MINE, "a;b~c|d\ne", NOON, List.of(List.of("x||y", "z")));
    assertEquals(MINE + "_FZDY_20261123120000.txt", file.name());
    assertEquals(MINE + ";a b c d e;2026-11-23 12:00:00~x  y;z~||", file.text());
  }
}
