package davy.controller.journal;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Saved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a copy of the latch file holds, all of it by name.
 *
 * @param zones what must survive, with the zone's definition as it was last accepted
 * @param fans by name, true while the start lock is closed
 * @param calibrating points whose announced calibration has not ended
 * @param inhibited by point, nanoseconds of its shift in which it was inhibited
 * @param accepted the configuration last accepted
 * @param runs empty where an earlier version of the program kept none
 */
record Kept(
    Map<String, Zone> zones,
    Map<String, Boolean> fans,
    List<String> calibrating,
    Map<String, Long> inhibited,
    Accepted accepted,
    Optional<Runs> runs) {

  static final Kept NOTHING =
      new Kept(Map.of(), Map.of(), List.of(), Map.of(), Accepted.NONE, Optional.empty());

  /**
   * @param definition empty where none was accepted yet
   */
  record Zone(Saved.Zone saved, String definition) {}

  /** What to keep from now on. */
  Kept with(Saved saved, SavedNames names, Runs running) {
    boolean now = saved.configurationAccepted();
    Map<String, Zone> kept = new LinkedHashMap<>();
    for (int zone = 0; zone < names.zones().size(); zone++) {
      SavedNames.Zone named = names.zones().get(zone);
      String former = Optional.ofNullable(zones.get(named.name())).map(Zone::definition).orElse("");
      kept.put(named.name(), new Zone(saved.zones().get(zone), now ? named.definition() : former));
    }
    Map<String, Boolean> locked = new LinkedHashMap<>();
    for (int fan = 0; fan < names.fans().size(); fan++) {
      locked.put(names.fans().get(fan), saved.fans().get(fan).startLocked());
    }
    Map<String, Long> inhibited = new LinkedHashMap<>();
    for (Saved.Inhibited point : saved.inhibited()) {
      inhibited.put(names.points().get(point.point()), point.usedNanos());
    }
    return new Kept(
        kept,
        locked,
        saved.calibrating().stream().map(names.points()::get).toList(),
        inhibited,
        now ? new Accepted(names.digest(), names.text()) : accepted,
        Optional.of(running));
  }

  /**
   * What a start knows of it. A zone or a fan that it does not name may be a renamed one: its
   * latches are lost, its start lock closes.
   */
  Saved saved(SavedNames names, boolean manualOnly) {
    List<Saved.Zone> kept = new ArrayList<>();
    for (SavedNames.Zone zone : names.zones()) {
      kept.add(zone(zone));
    }
    return new Saved(
        kept,
        names.fans().stream().map(fan -> new Saved.Fan(fans.getOrDefault(fan, true))).toList(),
        calibrating.stream().map(names.points()::indexOf).filter(point -> point >= 0).toList(),
        accepted.digest().equals(names.digest()),
        manualOnly,
        inhibited(names));
  }

  private List<Saved.Inhibited> inhibited(SavedNames names) {
    return IntStream.range(0, names.points().size())
        .filter(point -> inhibited.containsKey(names.points().get(point)))
        .mapToObj(point -> new Saved.Inhibited(point, inhibited.get(names.points().get(point))))
        .toList();
  }

  private Saved.Zone zone(SavedNames.Zone named) {
    Zone kept = zones.getOrDefault(named.name(), new Zone(Saved.Zone.LOST, ""));
    boolean changed =
        !accepted.equals(Accepted.NONE) && !kept.definition().equals(named.definition());
    Saved.Zone saved = kept.saved();
    return new Saved.Zone(
        saved.latches(), saved.proofDue() || changed, saved.closesItself(), saved.degassing());
  }

  /** Of a site that never ran. */
  static Saved fresh(SavedNames names) {
    return new Saved(
        names.zones().stream().map(_ -> Saved.Zone.NOTHING).toList(),
        names.fans().stream().map(_ -> new Saved.Fan(false)).toList(),
        List.of(),
        false,
        false);
  }

  /** Of a known site whose copies are both gone (S5). */
  static Saved lost(SavedNames names) {
    return new Saved(
        names.zones().stream().map(_ -> Saved.Zone.LOST).toList(),
        names.fans().stream().map(_ -> new Saved.Fan(true)).toList(),
        List.of(),
        false,
        false,
        IntStream.range(0, names.points().size()).mapToObj(Saved.Inhibited::lost).toList());
  }

  /** Whether a start that found {@code found} is at least as strict as one that found these. */
  static boolean covers(Saved found, Saved wanted) {
    for (int zone = 0; zone < wanted.zones().size(); zone++) {
      Saved.Zone there = found.zones().get(zone);
      Saved.Zone here = wanted.zones().get(zone);
      boolean lost = there.latches().has(Cause.LATCHES_LOST);
      boolean latched = lost || here.latches().without(there.latches()).none();
      boolean marked =
          (there.proofDue() || !here.proofDue())
              && (there.closesItself() || !here.closesItself())
              && (there.degassing() || !here.degassing());
      if (!latched || !marked && !lost) {
        return false;
      }
    }
    for (int fan = 0; fan < wanted.fans().size(); fan++) {
      if (wanted.fans().get(fan).startLocked() && !found.fans().get(fan).startLocked()) {
        return false;
      }
    }
    return wanted.inhibited().stream()
        .allMatch(point -> used(found, point.point()) >= point.usedNanos());
  }

  private static long used(Saved found, int point) {
    return found.inhibited().stream()
        .filter(one -> one.point() == point)
        .mapToLong(Saved.Inhibited::usedNanos)
        .findFirst()
        .orElse(0);
  }
}
