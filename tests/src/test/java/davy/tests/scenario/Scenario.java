package davy.tests.scenario;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.hal.signal.Methane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A scenario file:
 *
 * <pre>
 * # Title.                                  Lines that begin with # are for people.
 * point T1 alarmAt=1.00 tripAt=1.50 restoreBelow=1.00 [catalytic]
 * group G1 points=T3,T4,T5 [2oo3] [singleFaultCuts] [differBy=0.50]      heads at one place
 * zone Z1 points=T1,T2 [groups=G1] release=manual stable=2.0 [feed] [dropOut=0.2] [upstream=Z0]
 *     [saved=PANEL_TRIP,FEED_ABNORMAL] [proofDue] [closesItself] [degassing]
 * times hold=60.0 good=3 goodFor=10.0 driftAt=-0.10 driftFor=10.0 consent=30.0
 *     readBack=0.3 feedUnseen=86400.0 selfClose=2.0
 * key fitted
 * guard fitted
 * configuration changed                     not the one last accepted
 * manual only                               too many unplanned ends
 * given running                             start-up done, T1 = 0.40 everywhere, every zone open
 *
 * t    | T1    key  ask        | Z1       causes        power      answer
 * 0.0  | 0.40  .    .          | Open     -             GRANTED    .
 * 1.0  | 1.50  .    .          | Tripped  METHANE_HIGH  WITHHELD   .     at the trip point: cut
 * </pre>
 *
 * <p>A value holds until the next row, except {@code P} (a press of one scan) and {@code ask},
 * which happen once. Scans run every 0.1 s in between with fresh readings. The middle columns:
 *
 * <ul>
 *   <li>a point: a number, {@code old}, {@code over}, or a sensor fault's name
 *   <li>{@code key}: {@code P}, {@code held}, {@code lost}; {@code station}: {@code down}; {@code
 *       disk}: {@code full}; {@code guard}: {@code DROPPED}, {@code LOST}; {@code scan}: {@code
 *       late}
 *   <li>{@code out:Z1} and {@code feed:Z1}: as read; {@code .} for an output that obeys at once,
 *       and a breaker that opens at once and is closed by a person 5 s after a release
 *   <li>{@code ask}: {@code reset:Z1}, {@code reset:Z1=0.60} with a portable reading, {@code
 *       repaired:Z1} a reset that says so (also with a reading), {@code trip:Z1}, {@code
 *       remote:Z1}, {@code prooftest:Z1}, {@code accept:li.wei,wang.fang} the configuration, {@code
 *       restart} the program with what it saved
 * </ul>
 *
 * <p>The right ones: a zone has three, its lock, the causes seen since it was open, and its power;
 * {@code active:Z1} its causes now; {@code first:Z1} the cause and point that closed its lock;
 * {@code wants:Z1} what is missing; {@code answer} what the interlock said to an ask in this row;
 * {@code event} what it told; {@code beat} whether it answers the guard. Words for people may
 * follow.
 */
record Scenario(
    String title,
    Plan plan,
    Saved saved,
    boolean running,
    List<String> inputs,
    List<String> outputs,
    List<Row> rows) {

  record Row(int line, long nanos, List<String> inputs, List<String> outputs) {}

  static Scenario read(Path file) throws Exception {
    Reader reader = new Reader();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      reader.line(number, line);
    }
    return reader.scenario();
  }

  static long nanos(String seconds) {
    return Math.multiplyExact(tenths(seconds), 100_000_000L);
  }

  private static long tenths(String seconds) {
    String[] parts = seconds.split("\\.");
    if (parts.length != 2 || parts[1].length() != 1) {
      throw new IllegalArgumentException("write seconds with one decimal, not " + seconds);
    }
    return Long.parseLong(parts[0]) * 10 + Long.parseLong(parts[1]);
  }

  static Methane methane(String text) {
    boolean negative = text.startsWith("-");
    String[] parts = text.substring(negative ? 1 : 0).split("\\.");
    if (parts.length != 2 || parts[1].length() != 2) {
      throw new IllegalArgumentException("write methane with two decimals, not " + text);
    }
    int amount = Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
    return new Methane(negative ? -amount : amount);
  }

  private static final class Reader {
    private String title = "";
    private final List<Plan.Point> points = new ArrayList<>();
    private final Map<String, Plan.Group> groups = new HashMap<>();
    private final List<Plan.Zone> zones = new ArrayList<>();
    private final List<Plan.Fan> fans = new ArrayList<>();
    private final List<Saved.Fan> savedFans = new ArrayList<>();
    private Plan.Bypasses bypasses = ScenarioBypasses.bypasses(Map.of());
    private final List<Saved.Zone> saved = new ArrayList<>();
    private boolean accepted = true;
    private boolean manualOnly;
    private boolean guard;
    private Plan.Times times = times(Map.of());
    private boolean key;
    private boolean running;
    private List<String> inputs = List.of();
    private List<String> outputs = List.of();
    private final List<Row> rows = new ArrayList<>();

    void line(int number, String line) {
      if (line.startsWith("#")) {
        title = title.isEmpty() ? line.substring(1).strip() : title;
      } else if (line.startsWith("t ")) {
        inputs = words(line.split("\\|", -1)[1]);
        outputs = words(line.split("\\|", -1)[2]);
      } else if (line.contains("|")) {
        row(number, line);
      } else if (!line.isBlank()) {
        declaration(words(line));
      }
    }

    private void declaration(List<String> words) {
      Map<String, String> values = values(words);
      switch (words.getFirst()) {
        case "point" -> points.add(point(words.get(1), values));
        case "group" -> groups.put(words.get(1), group(values));
        case "zone" -> zone(words.get(1), values);
        case "fan" -> fan(words.get(1), values);
        case "bypasses" -> bypasses = ScenarioBypasses.bypasses(values);
        case "times" -> times = times(values);
        case "key" -> key = true;
        case "guard" -> guard = true;
        case "configuration" -> accepted = false;
        case "manual" -> manualOnly = true;
        case "given" -> running = true;
        default -> throw new IllegalArgumentException("unknown line: " + words);
      }
    }

    private static Plan.Point point(String name, Map<String, String> values) {
      return new Plan.Point(
          name,
          methane(values.getOrDefault("alarmAt", "1.00")),
          methane(values.getOrDefault("tripAt", "1.50")),
          methane(values.getOrDefault("restoreBelow", "1.00")),
          values.containsKey("catalytic"),
          1_500_000_000L);
    }

    private Plan.Group group(Map<String, String> values) {
      return new Plan.Group(
          bound(values),
          values.containsKey("2oo3") ? Plan.Voting.TWO_OF_THREE : Plan.Voting.ANY,
          values.containsKey("singleFaultCuts"),
          Optional.ofNullable(values.get("differBy")).map(Scenario::methane));
    }

    private List<Integer> bound(Map<String, String> values) {
      return names(values, "points")
          .map(point -> points.stream().map(Plan.Point::name).toList().indexOf(point))
          .toList();
    }

    private static Stream<String> names(Map<String, String> values, String key) {
      return values.containsKey(key) ? Arrays.stream(values.get(key).split(",")) : Stream.empty();
    }

    private void zone(String name, Map<String, String> values) {
      zones.add(
          new Plan.Zone(
              name,
              Stream.concat(
                      bound(values).stream().map(Plan.Group::of),
                      names(values, "groups").map(groups::get))
                  .toList(),
              values.getOrDefault("release", "automatic").equals("manual")
                  ? Plan.Release.MANUAL
                  : Plan.Release.AUTOMATIC,
              values.containsKey("feed"),
              nanos(values.getOrDefault("stable", "2.0")),
              nanos(values.getOrDefault("dropOut", "0.2")),
              values.containsKey("upstream")
                  ? OptionalInt.of(zoneNames().indexOf(values.get("upstream")))
                  : OptionalInt.empty()));
      saved.add(
          new Saved.Zone(
              latches(values.getOrDefault("saved", "")),
              values.containsKey("proofDue"),
              values.containsKey("closesItself"),
              values.containsKey("degassing")));
    }

    private void fan(String name, Map<String, String> values) {
      List<String> names = points.stream().map(Plan.Point::name).toList();
      fans.add(ScenarioFans.fan(name, values, zoneNames(), names));
      savedFans.add(new Saved.Fan(values.containsKey("locked")));
    }

    private List<String> zoneNames() {
      return zones.stream().map(Plan.Zone::name).toList();
    }

    private static Causes latches(String names) {
      return names.isEmpty()
          ? Causes.NONE
          : Causes.of(Arrays.stream(names.split(",")).map(Cause::valueOf).toArray(Cause[]::new));
    }

    private static Plan.Times times(Map<String, String> values) {
      return new Plan.Times(
          nanos(values.getOrDefault("hold", "60.0")),
          Integer.parseInt(values.getOrDefault("good", "3")),
          nanos(values.getOrDefault("goodFor", "10.0")),
          methane(values.getOrDefault("driftAt", "-0.10")),
          nanos(values.getOrDefault("driftFor", "10.0")),
          nanos(values.getOrDefault("consent", "30.0")),
          nanos("3.0"),
          nanos("10.0"),
          nanos(values.getOrDefault("readBack", "0.3")),
          nanos(values.getOrDefault("feedUnseen", "86400.0")),
          nanos(values.getOrDefault("selfClose", "2.0")),
          10 * (nanos(values.getOrDefault("readBack", "0.3"))));
    }

    private void row(int number, String line) {
      String[] parts = line.split("\\|", -1);
      List<String> given = words(parts[1]);
      if (given.size() != inputs.size()) {
        throw new IllegalArgumentException(
            "line " + number + ": " + given.size() + " values for " + inputs);
      }
      rows.add(new Row(number, nanos(parts[0].strip()), given, words(parts[2])));
    }

    Scenario scenario() {
      return new Scenario(
          title,
          new Plan(points, zones, fans, times, bypasses, new Plan.Fitted(key, guard)),
          new Saved(saved, savedFans, List.of(), accepted, manualOnly),
          running,
          inputs,
          outputs,
          List.copyOf(rows));
    }

    private static List<String> words(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static Map<String, String> values(List<String> words) {
      Map<String, String> values = new HashMap<>();
      for (String word : words.subList(1, words.size())) {
        int equals = word.indexOf('=');
        values.put(
            equals < 0 ? word : word.substring(0, equals),
            equals < 0 ? "" : word.substring(equals + 1));
      }
      return values;
    }
  }
}
