package davy.tests.scenario;

import davy.controller.alarm.AlarmKind;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.controller.alarm.Condition;
import davy.controller.alarm.Grade;
import davy.controller.alarm.Mark;
import davy.controller.alarm.Marks;
import davy.controller.alarm.Rule;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A scenario file of the alarms:
 *
 * <pre>
 * # Title.                                  Lines that begin with # are for people.
 * zone Z1
 * point T1 METHANE zones=Z1 limit=1.50
 * alarm T1-high OVER_LIMIT watch=T1 at=1.00 return=1.00 zones=Z1 normal=10.0
 * alarm trip TRIP zones=Z1                  decided elsewhere: on while its column says on
 * grade TWO atLeast=1.50 for=30.0 points=2
 * mark STEP_DOWN point=T1 rise=0.50 drop=0.30 after=0.0 keep=60.0
 * bounds mute=60.0 shelve=3600.0 text=40 look=1.0 looks=4 horizon=3600.0 window=300.0
 *
 * t    | T1    feed:Z1  ask           | T1-high          lamp      sounder  answer
 * 0.0  | 0.40  LIVE     .             | Normal           OFF       off      .
 * 1.0  | 1.00  LIVE     .             | Unacknowledged   FLASHING  on       .
 * </pre>
 *
 * <p>An alarm may have {@code grade=}, {@code on=} and {@code off=} delays, {@code person} (closed
 * by one; an OVER_LIMIT always is) and {@code shelvable}. Left columns: points (a number, {@code
 * lost}, {@code over}, {@code test} under calibration, {@code 1.20?} not trusted), {@code
 * permit:Z1}, {@code feed:Z1}, {@code upstream:Z1}, alarms decided elsewhere ({@code on} or {@code
 * .}), and {@code ask}. A value holds until the next row; an ask happens once. Scans run every 0.1
 * s. Asks: {@code ack:A}, {@code mute}, {@code shelve:A=60.0}, {@code unshelve:A}, {@code out:A},
 * {@code in:A}, {@code close:A}, {@code close:A=} without a measure, {@code correct:A=1}, {@code
 * restart}; several are joined by a comma. Right columns, one each: an alarm's life, {@code
 * grade:A}, {@code worst:A}, {@code peak:A}, {@code first:Z1}, {@code lamp:Z1}, {@code marks:T1},
 * {@code limit:T1} (seconds to the limit), {@code lamp}, {@code sounder}, {@code answer}; words for
 * people may follow.
 */
record AlarmScenario(
    AlarmPlan plan, List<String> inputs, List<String> outputs, List<Scenario.Row> rows) {

  static AlarmScenario read(Path file) throws Exception {
    Reader reader = new Reader();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      reader.line(number, line);
    }
    return reader.scenario();
  }

  static int amount(String text, Quantity quantity) {
    return new BigDecimal(text).movePointRight(quantity.decimals()).intValueExact();
  }

  /** Every mark that doubts the data. */
  static Marks doubts() {
    return Marks.of(Arrays.stream(Mark.values()).filter(Mark::doubt).toArray(Mark[]::new));
  }

  private static final class Reader {
    private final List<String> zones = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<String> signals = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final List<GradeRow> grades = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Scenario.Row> rows = new ArrayList<>();
    private List<String> inputs = List.of();
    private List<String> outputs = List.of();
    private Bounds bounds = bounds(new Words(List.of("bounds")));

    void line(int number, String line) {
      if (line.startsWith("t ")) {
        inputs = words(line.split("\\|", -1)[1]);
        outputs = words(line.split("\\|", -1)[2]);
      } else if (!line.startsWith("#") && line.contains("|")) {
        String[] parts = line.split("\\|", -1);
        List<String> given = words(parts[1]);
        if (given.size() != inputs.size()) {
          throw new IllegalArgumentException("line " + number + ": values for " + inputs);
        }
        long nanos = Scenario.nanos(parts[0].strip());
        rows.add(new Scenario.Row(number, nanos, given, words(parts[2])));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        declaration(new Words(words(line)));
      }
    }

    private void declaration(Words words) {
      switch (words.list().getFirst()) {
        case "zone" -> zones.add(words.list().get(1));
        case "point" -> points.add(point(words));
        case "alarm" -> alarms.add(alarm(words));
        case "grade" -> grades.add(grade(words));
        case "mark" ->
            watches.add(new Watch(rule(words), words.nanos("after", 0), words.nanos("keep", 0)));
        case "bounds" -> bounds = bounds(words);
        default -> throw new IllegalArgumentException("unknown line: " + words);
      }
    }

    private Point point(Words words) {
      Quantity quantity = Quantity.valueOf(words.list().get(2));
      return new Point(
          words.list().get(1),
          quantity,
          indices(words.of("zones", ""), zones),
          words.has("limit")
              ? OptionalInt.of(amount(words.of("limit", ""), quantity))
              : OptionalInt.empty());
    }

    private Alarm alarm(Words words) {
      AlarmKind kind = AlarmKind.valueOf(words.list().get(2));
      return new Alarm(
          words.list().get(1),
          kind,
          condition(kind, words),
          indices(words.of("zones", ""), zones),
          Grade.valueOf(words.of("grade", "FOUR")),
          words.nanos("on", 0),
          words.nanos("off", 0),
          kind == AlarmKind.OVER_LIMIT || words.has("person"),
          words.nanos("normal", 0),
          words.has("shelvable"));
    }

    private Condition condition(AlarmKind kind, Words words) {
      String watch = words.of("watch", "");
      return switch (kind) {
        case OVER_LIMIT -> {
          int point = point(watch);
          Quantity quantity = points.get(point).quantity();
          yield new Condition.OverLimit(
              point,
              amount(words.of("at", ""), quantity),
              amount(words.of("return", ""), quantity));
        }
        case SENSOR -> new Condition.SensorLost(point(watch));
        case FEED_LOST -> new Condition.FeedLost(zones.indexOf(watch));
        case FEED_UNKNOWN -> new Condition.FeedUnknown(zones.indexOf(watch));
        case PLAUSIBILITY -> new Condition.Marked(point(watch), doubts());
        case RATE_OF_RISE -> new Condition.Marked(point(watch), Marks.of(Mark.RISING_FAST));
        case TRIP, FEED_ABNORMAL, OUTPUT, BYPASS, EQUIPMENT -> {
          signals.add(words.list().get(1));
          yield new Condition.Given(signals.size() - 1);
        }
      };
    }

    private GradeRow grade(Words words) {
      return new GradeRow(
          amount(words.of("atLeast", ""), Quantity.METHANE),
          words.nanos("for", 0),
          Integer.parseInt(words.of("points", "1")),
          Grade.valueOf(words.list().get(1)));
    }

    private Rule rule(Words words) {
      int one = point(words.of("point", words.of("face", words.of("fan", words.of("one", "")))));
      Quantity quantity = points.get(one).quantity();
      return switch (Mark.valueOf(words.list().get(1))) {
        case FLAT_LINE ->
            new Rule.FlatLine(
                one,
                words.amount("atLeast", quantity),
                indices(words.of("beside", ""), points.stream().map(Point::name).toList()),
                words.amount("moved", quantity));
        case STEP_DOWN ->
            new Rule.StepDown(one, words.amount("rise", quantity), words.amount("drop", quantity));
        case DISCONNECTED_RISING ->
            new Rule.DisconnectedRising(one, words.amount("rise", quantity));
        case CONTRADICTION ->
            new Rule.Contradiction(
                one,
                point(words.of("back", "")),
                words.amount("above", quantity),
                words.amount("below", quantity));
        case FAN_WITHOUT_FLOW ->
            new Rule.FanWithoutFlow(
                one, point(words.of("flow", "")), words.amount("flowBelow", Quantity.AIR_SPEED));
        case HEADS_DISAGREE ->
            new Rule.HeadsDisagree(
                one, point(words.of("other", "")), words.amount("apart", quantity));
        case RISING_FAST -> new Rule.RisingFast(one, words.amount("rise", quantity));
      };
    }

    private static Bounds bounds(Words words) {
      return new Bounds(
          Scenario.nanos(words.of("mute", "60.0")),
          Scenario.nanos(words.of("shelve", "3600.0")),
          Integer.parseInt(words.of("text", "40")),
          Scenario.nanos(words.of("look", "1.0")),
          Integer.parseInt(words.of("looks", "4")),
          Scenario.nanos(words.of("horizon", "3600.0")),
          Scenario.nanos(words.of("window", "300.0")));
    }

    private int point(String name) {
      int index = points.stream().map(Point::name).toList().indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException("no point " + name);
      }
      return index;
    }

    private static List<Integer> indices(String names, List<String> all) {
      return names.isEmpty()
          ? List.of()
          : Arrays.stream(names.split(",")).map(all::indexOf).toList();
    }

    AlarmScenario scenario() {
      AlarmPlan plan = new AlarmPlan(points, zones, signals, alarms, grades, watches, bounds);
      return new AlarmScenario(plan, inputs, outputs, List.copyOf(rows));
    }

    private static List<String> words(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
  }

  /** The words of a line, {@code key=value} among them. */
  private record Words(List<String> list) {

    private Map<String, String> values() {
      Map<String, String> values = new HashMap<>();
      for (String word : list) {
        String[] parts = word.split("=", 2);
        values.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
      return values;
    }

    boolean has(String key) {
      return values().containsKey(key);
    }

    String of(String key, String otherwise) {
      return values().getOrDefault(key, otherwise);
    }

    long nanos(String key, long otherwise) {
      return has(key) ? Scenario.nanos(of(key, "")) : otherwise;
    }

    int amount(String key, Quantity quantity) {
      return has(key) ? AlarmScenario.amount(of(key, ""), quantity) : 0;
    }
  }
}
