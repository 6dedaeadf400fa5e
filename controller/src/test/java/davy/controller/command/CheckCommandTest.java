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
        long usual = (Long) ((Map<?, ?>) route).get("usualMicros");
        assertTrue(0 < usual && usual < silent, route.toString());
      }
    }
  }

  @Test
  void theReportOfTheHeadingTellsCausesTimesAndWhatNobodyReviewed() {
    assertEquals(Exit.OK, run("check", SITES.resolve("heading.toml").toString()));
    String told = out.toString();
    assertTrue(
        told.lines()
            .anyMatch(line -> line.matches("METHANE_HIGH +甲烷电闭锁 +T1 +掘进工作面 +≥ 1.50 %CH4 .*●")),
        told);
    assertTrue(told.lines().anyMatch(line -> line.matches("PANEL_TRIP +面板断电 +- .*●")), told);
    assertTrue(told.contains("answering = gap + scan + write + drop-out"), told);
    assertTrue(told.contains("- profile cn-aq1029-heading is not reviewed"), told);
    assertEquals("", err.toString());
  }

  @Test
  void theTableOfASeriesHeadingTellsWhatGasDoesToTheFanAndThatNoFaultDoes() {
    assertEquals(Exit.OK, run("check", SITES.resolve("series.toml").toString()));
    String told = out.toString();
    List<String> fan = told.lines().filter(line -> line.endsWith("■")).toList();
    assertEquals(3, fan.size(), told);
    assertTrue(fan.get(0).matches("START_LOCK .* T1 .* F1 stands and > 3.00 .*"), told);
    assertTrue(fan.get(1).matches("START_LOCK .* T2 .* all good and < 1.50.*"), told);
    assertTrue(fan.get(2).matches("FAN_STOP .* T3 .* ≥ 1.50.* 3 good readings .*< 0.50.*"), told);
    assertTrue(told.lines().anyMatch(line -> line.matches("FAN_STOPPED .* F1 .*●")), told);
    assertTrue(told.lines().anyMatch(line -> line.matches("AIRFLOW_LOW .* Q1 .*●")), told);
    assertTrue(told.contains("inputs input-1 and input-5"), told);
    assertTrue(told.contains("PROFILE NOT REVIEWED"), told);
  }

  @Test
  void theJsonOfASeriesHeadingNamesItsFanAndTheProfilesDigest() throws JsonLine.Malformed {
    assertEquals(Exit.OK, run("check", "--json", SITES.resolve("series.toml").toString()));
    Map<String, Object> told = JsonLine.read(out.toString().strip());
    assertEquals("cn-aq1029-series", told.get("profile"));
    assertEquals(false, told.get("profileReviewed"));
    assertEquals(64, told.get("profileDigest").toString().length());
    Map<?, ?> fan = (Map<?, ?>) ((List<?>) told.get("fans")).getFirst();
    assertEquals("F1", fan.get("name"));
    assertEquals(List.of("T1", "T2"), fan.get("gas"));
    assertEquals(List.of("T3"), fan.get("intake"));
    for (Object row : (List<?>) told.get("effects")) {
      Map<?, ?> effect = (Map<?, ?>) row;
      boolean gas = List.of("START_LOCK", "FAN_STOP").contains(effect.get("cause"));
      assertEquals(gas ? List.of("F1") : List.of(), effect.get("fans"), effect.toString());
    }
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
