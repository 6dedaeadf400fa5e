package davy.controller.interlock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All that one step remembers for the next. Immutable; equal states behave equally. */
public final class State {

  private final List<PointState> points;
  private final List<ZoneState> zones;
  private final KeyState key;
  private final Consent consent;
  private final long sinceStartNanos;

  State(
      List<PointState> points,
      List<ZoneState> zones,
      KeyState key,
      Consent consent,
      long sinceStartNanos) {
    this.points = List.copyOf(points);
    this.zones = List.copyOf(zones);
    this.key = key;
    this.consent = consent;
    this.sinceStartNanos = sinceStartNanos;
  }

  /**
   * The state of a process that has just started.
   *
   * @param saved what is known of earlier runs
   */
  public static State start(Plan plan, Saved saved) {
    List<ZoneState> zones = new ArrayList<>();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      zones.add(ZoneState.start(saved.zones().get(zone).latches().needingPerson()));
    }
    return new State(
        Collections.nCopies(plan.points().size(), PointState.START),
        zones,
        KeyState.START,
        Consent.IDLE,
        0);
  }

  List<PointState> points() {
    return points;
  }

  List<ZoneState> zones() {
    return zones;
  }

  KeyState key() {
    return key;
  }

  Consent consent() {
    return consent;
  }

  long sinceStartNanos() {
    return sinceStartNanos;
  }

  /** Id of the request that waits for a press of the consent key. */
  public Optional<Long> waitsForKey() {
    return consent instanceof Consent.Waiting waiting
        ? Optional.of(waiting.request().id())
        : Optional.empty();
  }

  /** What must survive a restart (S5). */
  public Saved saved() {
    return new Saved(
        zones.stream()
            .map(zone -> new Saved.Zone(zone.lock().seen().needingPerson(), false, false))
            .toList(),
        List.of(),
        List.of(),
        true,
        false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof State that
        && sinceStartNanos == that.sinceStartNanos
        && points.equals(that.points)
        && zones.equals(that.zones)
        && key.equals(that.key)
        && consent.equals(that.consent);
  }

  @Override
  public int hashCode() {
    return Objects.hash(points, zones, key, consent, sinceStartNanos);
  }
}
