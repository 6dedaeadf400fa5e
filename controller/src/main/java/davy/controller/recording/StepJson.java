package davy.controller.recording;

import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One step as JSON: what differs from the inputs of the step before it.
 *
 * <pre>
 * 50012345                          only time went by: nanoseconds
 * {"t":50012345,"p0":41}            point 0 of the plan has a new reading of 0.41 %CH4
 *   "p0":"=41"                      41, but not a new reading
 *   "p0":"OVER_RANGE"               or "STALE", or the fault that the head named
 *   "w0":250                        flow of fan 0, written like a point
 *   "f0":"RUNNING STOPPED"          machines of fan 0
 *   "z0":"OFF DEAD"                 read-back and feed of zone 0
 *   "guard", "key", "station", "late", "recorded", "requests"
 * </pre>
 *
 * A value stays until it is written again; only "a new reading" and "requests" are of one step. The
 * patterns name every part of {@link Inputs}, so that a new part does not compile until it is here.
 */
public final class StepJson {

  private static final String TIME = "t";

  /** Changes of a usual step, its time included. */
  private static final int FEW = 3;

  private static final String STALE = "STALE";
  private static final String OLD = "=";
  private static final String OVER_RANGE = "OVER_RANGE";

  /** The names of the first points, made once: they stand in every step. */
  private static final List<String> POINTS =
      IntStream.range(0, 64).mapToObj(index -> "p" + index).toList();

  private static final Set<String> WORDS =
      Set.of(TIME, "guard", "key", "requests", "recorded", "station", "late");

  private StepJson() {}

  /**
   * @param inputs of the step
   */
  public record Step(long elapsedNanos, Inputs inputs) {}

  /** What the first step of a recording is compared with: nothing known, nothing asked. */
  public static Inputs blank(Plan plan) {
    return new Inputs(
        Collections.nCopies(plan.points().size(), new PointInput.Stale()),
        Collections.nCopies(plan.zones().size(), new ZoneInput(OutputState.UNKNOWN, Feed.UNKNOWN)),
        plan.fans().stream()
            .map(
                fan ->
                    new FanInput(
                        Collections.nCopies(fan.machines(), FanRun.UNKNOWN), new FlowInput.Stale()))
            .toList(),
        GuardState.LOST,
        Inputs.Key.UNKNOWN,
        List.of(),
        List.of(),
        false,
        false);
  }

  /** A number where only time went by, else a map. */
  public static Object write(Inputs before, Inputs inputs, long elapsedNanos) {
    Map<String, Object> changed = LinkedHashMap.newLinkedHashMap(FEW);
    changed.put(TIME, elapsedNanos);
    switch (inputs) {
      case Inputs(
              var points,
              var zones,
              var fans,
              var guard,
              var key,
              var requests,
              var recorded,
              boolean station,
              boolean late) -> {
        for (int point = 0; point < points.size(); point++) {
          point(changed, point, before.points().get(point), points.get(point));
        }
        for (int zone = 0; zone < zones.size(); zone++) {
          zone(changed, zone, before.zones().get(zone), zones.get(zone));
        }
        for (int fan = 0; fan < fans.size(); fan++) {
          fan(changed, fan, before.fans().get(fan), fans.get(fan));
        }
        put(changed, "guard", guard != before.guard(), guard.name());
        put(changed, "key", key != before.key(), key.name());
        if (!requests.isEmpty()) {
          changed.put("requests", ValueJson.write(requests));
        }
        put(changed, "recorded", !recorded.equals(before.recorded()), recorded);
        put(changed, "station", station != before.stationAlive(), station);
        put(changed, "late", late != before.scanLate(), late);
      }
    }
    return changed.size() == 1 ? elapsedNanos : changed;
  }

  private static void put(Map<String, Object> changed, String name, boolean differs, Object value) {
    if (differs) {
      changed.put(name, value);
    }
  }

  private static String pointName(int index) {
    return index < POINTS.size() ? POINTS.get(index) : "p" + index;
  }

  private static void point(
      Map<String, Object> changed, int index, PointInput before, PointInput now) {
    switch (now) {
      case PointInput.Good(Methane value, boolean fresh) -> {
        if (fresh) {
          changed.put(pointName(index), (long) value.hundredths());
        } else if (!(before instanceof PointInput.Good good && good.value().equals(value))) {
          changed.put("p" + index, OLD + value.hundredths());
        }
      }
      case PointInput.OverRange _ when now.equals(before) -> {}
      case PointInput.OverRange _ -> changed.put("p" + index, OVER_RANGE);
      case PointInput.Faulty _ when now.equals(before) -> {}
      case PointInput.Faulty(SensorFault fault) -> changed.put("p" + index, fault.name());
      case PointInput.Stale _ when now.equals(before) -> {}
      case PointInput.Stale _ -> changed.put("p" + index, STALE);
    }
  }

  private static void zone(
      Map<String, Object> changed, int index, ZoneInput before, ZoneInput now) {
    switch (now) {
      case ZoneInput(OutputState output, Feed feed) -> {
        if (!now.equals(before)) {
          changed.put("z" + index, output.name() + " " + feed.name());
        }
      }
    }
  }

  private static void fan(Map<String, Object> changed, int index, FanInput before, FanInput now) {
    switch (now) {
      case FanInput(List<FanRun> machines, FlowInput flow) -> {
        if (!machines.equals(before.machines())) {
          List<String> words = machines.stream().map(FanRun::name).toList();
          changed.put("f" + index, String.join(" ", words));
        }
        flow(changed, index, before.flow(), flow);
      }
    }
  }

  private static void flow(
      Map<String, Object> changed, int index, FlowInput before, FlowInput now) {
    switch (now) {
      case FlowInput.Good(int amount, boolean fresh) -> {
        if (fresh) {
          changed.put("w" + index, (long) amount);
        } else if (!(before instanceof FlowInput.Good good && good.amount() == amount)) {
          changed.put("w" + index, OLD + amount);
        }
      }
      case FlowInput.Faulty _ when now.equals(before) -> {}
      case FlowInput.Faulty(SensorFault fault) -> changed.put("w" + index, fault.name());
      case FlowInput.Stale _ when now.equals(before) -> {}
      case FlowInput.Stale _ -> changed.put("w" + index, STALE);
    }
  }

  /**
   * Reads a step back.
   *
   * @param before the inputs of the step before it
   */
  public static Step read(Inputs before, Object json) throws ValueJson.Unlike {
    try {
      if (json instanceof Long elapsed) {
        return new Step(elapsed, inputs(before, Map.of()));
      }
      if (json instanceof Map<?, ?> changed && changed.get(TIME) instanceof Long elapsed) {
        for (Object name : changed.keySet()) {
          known((String) name, before);
        }
        return new Step(elapsed, inputs(before, changed));
      }
    } catch (ClassCastException
        | IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException _) {
      throw new ValueJson.Unlike("a step is written otherwise: " + json);
    }
    throw new ValueJson.Unlike("a step is written otherwise: " + json);
  }

  private static void known(String name, Inputs before) throws ValueJson.Unlike {
    if (!WORDS.contains(name)) {
      int index = Integer.parseInt(name.substring(1));
      int size =
          switch (name.charAt(0)) {
            case 'p' -> before.points().size();
            case 'z' -> before.zones().size();
            case 'f', 'w' -> before.fans().size();
            default -> 0;
          };
      if (index < 0 || index >= size) {
        throw new ValueJson.Unlike("a step names what the plan does not: " + name);
      }
    }
  }

  private static Inputs inputs(Inputs before, Map<?, ?> changed) throws ValueJson.Unlike {
    List<PointInput> points = new ArrayList<>();
    for (int point = 0; point < before.points().size(); point++) {
      points.add(point(before.points().get(point), changed, "p" + point));
    }
    List<ZoneInput> zones = new ArrayList<>();
    for (int zone = 0; zone < before.zones().size(); zone++) {
      zones.add(zone(before.zones().get(zone), changed, "z" + zone));
    }
    List<FanInput> fans = new ArrayList<>();
    for (int fan = 0; fan < before.fans().size(); fan++) {
      fans.add(fan(before.fans().get(fan), changed, fan));
    }
    List<Request> requests = new ArrayList<>();
    for (Object request : (List<?>) or(changed, "requests", List.of())) {
      requests.add(ValueJson.read(Request.class, request));
    }
    return new Inputs(
        points,
        zones,
        fans,
        GuardState.valueOf((String) or(changed, "guard", before.guard().name())),
        Inputs.Key.valueOf((String) or(changed, "key", before.key().name())),
        requests,
        ((List<?>) or(changed, "recorded", before.recorded()))
            .stream().map(Long.class::cast).toList(),
        (Boolean) or(changed, "station", before.stationAlive()),
        (Boolean) or(changed, "late", before.scanLate()));
  }

  private static Object or(Map<?, ?> changed, String name, Object otherwise) {
    return changed.containsKey(name) ? changed.get(name) : otherwise;
  }

  private static PointInput point(PointInput before, Map<?, ?> changed, String name) {
    if (!changed.containsKey(name)) {
      return before instanceof PointInput.Good good
          ? new PointInput.Good(good.value(), false)
          : before;
    }
    return changed.get(name) instanceof Long fresh
        ? new PointInput.Good(new Methane(Math.toIntExact(fresh)), true)
        : point((String) changed.get(name));
  }

  private static PointInput point(String word) {
    return switch (word) {
      case OVER_RANGE -> new PointInput.OverRange();
      case STALE -> new PointInput.Stale();
      case String old when old.startsWith(OLD) ->
          new PointInput.Good(new Methane(Integer.parseInt(old.substring(1))), false);
      case String fault -> new PointInput.Faulty(SensorFault.valueOf(fault));
    };
  }

  private static ZoneInput zone(ZoneInput before, Map<?, ?> changed, String name) {
    if (!changed.containsKey(name)) {
      return before;
    }
    String[] words = ((String) changed.get(name)).split(" ", -1);
    return new ZoneInput(OutputState.valueOf(words[0]), Feed.valueOf(words[1]));
  }

  private static FanInput fan(FanInput before, Map<?, ?> changed, int fan) {
    List<FanRun> machines = before.machines();
    if (changed.get("f" + fan) instanceof String words) {
      machines =
          words.isEmpty()
              ? List.of()
              : List.of(words.split(" ", -1)).stream().map(FanRun::valueOf).toList();
    }
    return new FanInput(machines, flow(before.flow(), changed, "w" + fan));
  }

  private static FlowInput flow(FlowInput before, Map<?, ?> changed, String name) {
    if (!changed.containsKey(name)) {
      return before instanceof FlowInput.Good good
          ? new FlowInput.Good(good.amount(), false)
          : before;
    }
    return changed.get(name) instanceof Long fresh
        ? new FlowInput.Good(Math.toIntExact(fresh), true)
        : flow((String) changed.get(name));
  }

  private static FlowInput flow(String word) {
    return switch (word) {
      case STALE -> new FlowInput.Stale();
      case String old when old.startsWith(OLD) ->
          new FlowInput.Good(Integer.parseInt(old.substring(1)), false);
      case String fault -> new FlowInput.Faulty(SensorFault.valueOf(fault));
    };
  }
}
