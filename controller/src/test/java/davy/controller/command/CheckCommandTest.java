package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.json.JsonLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {

  private static final Path SITES = Path.of("../deploy/sites");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void everyExampleSiteIsAcceptedAsHardware() throws JsonLine.Malformed {
    for (String name : List.of("heading", "face", "series")) {
      out.getBuffer().setLength(0);
      assertEquals(Exit.OK, run("check", "--json", SITES.resolve(name + ".toml").toString()));
      Map<String, Object> told = JsonLine.read(out.toString().strip());
      assertEquals(true, told.get("accepted"));
      assertEquals(false, told.get("bench"));
      assertEquals(false, told.get("demo"));
      for (Object route : (List<?>) told.get("routes")) {
        long silent = (Long) ((Map<?, ?>) route).get("silentMicros");
        assertTrue(silent <= 2_000_000, route.toString());
      }
    }
  }

  @Test
  void theReportOfTheHeadingTellsCausesTimesAndWhatNobodyReviewed() {
    assertEquals(Exit.OK, run("check", SITES.resolve("heading.toml").toString()));
    String told = out.toString();
    assertTrue(told.contains("METHANE_HIGH  甲烷电闭锁    T1     掘进工作面        ≥ 1.50 %CH4"), told);
    assertTrue(told.contains("PANEL_TRIP    面板断电      -"), told);
    assertTrue(told.contains("answering = gap + scan + write + drop-out"), told);
    assertTrue(told.contains("- profile cn-aq1029-heading is not reviewed"), told);
    assertEquals("", err.toString());
  }

  @Test
  void aRefusedSiteExitsWithTheCodeOfABadConfiguration() throws IOException, JsonLine.Malformed {
    Path bad = Files.writeString(folder.resolve("bad.toml"), "[site]\nnname = 1\n");
    assertEquals(Exit.CONFIG, run("check", bad.toString()));
    assertTrue(err.toString().contains("bad.toml:2:1: unknown key nname"), err.toString());
    assertTrue(err.toString().contains("complaints; nothing would start"), err.toString());
    assertEquals("", out.toString());
    assertEquals(Exit.CONFIG, run("check", "--json", bad.toString()));
    Map<String, Object> told = JsonLine.read(out.toString().strip());
    assertEquals(false, told.get("accepted"));
    Map<?, ?> first = (Map<?, ?>) ((List<?>) told.get("complaints")).getLast();
    assertEquals(2L, first.get("line"));
    assertEquals(1L, first.get("column"));
  }

  @Test
  void aFileThatIsNotThereHasItsOwnCode() {
    assertEquals(Exit.NO_INPUT, run("check", folder.resolve("none.toml").toString()));
    assertTrue(err.toString().contains("none.toml: no such file"), err.toString());
  }

  @Test
  void theBenchIsToldWithItsMark() throws IOException {
    Files.createDirectory(folder.resolve("maps"));
    Files.copy(SITES.resolve("maps/laser-head.toml"), folder.resolve("maps/laser-head.toml"));
    String bench = Files.readString(SITES.resolve("heading.toml"));
    Path file = folder.resolve("bench.toml");
    Files.writeString(file, bench.replace("[site]", "[site]\nbench = true"));
    assertEquals(Exit.OK, run("check", file.toString()));
    assertTrue(out.toString().lines().anyMatch("BENCH"::equals), out.toString());
  }

  @Test
  void columnsAreAlignedAlthoughChineseIsTwiceAsWide() {
    assertEquals(
        List.of("a     b", "中文  1", "xyz   22"),
        new TextTable(List.of("a", "b")).add(List.of("中文", "1")).add(List.of("xyz", "22")).lines());
  }

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
