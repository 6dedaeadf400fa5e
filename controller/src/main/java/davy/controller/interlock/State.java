package davy.controller.interlock;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All that one step remembers for the next. Immutable; equal states behave equally. */
public final class State {

  private final FieldState field;
  private final List<ZoneState> zones;
  private final KeyState key;
  private final Consent consent;
  private final long heldNanos;
  private final boolean configurationAccepted;
  private final boolean manualOnly;

  State(
      FieldState field,
      List<ZoneState> zones,
      KeyState key,
      Consent consent,
      long heldNanos,
      boolean configurationAccepted,
      boolean manualOnly) {
    this.field = field;
    this.zones = List.copyOf(zones);
    this.key = key;
    this.consent = consent;
    this.heldNanos = heldNanos;
    this.configurationAccepted = configurationAccepted;
    this.manualOnly = manualOnly;
  }

  /**
   * The state of a process that has just started.
   *
   * @param saved what is known of earlier runs
   */
  public static State start(Plan plan, Saved saved) {
    return new State(
        FieldState.start(plan, saved),
        saved.zones().stream().map(ZoneState::start).toList(),
        KeyState.START,
        Consent.IDLE,
        plan.fitted().guard() ? Elapsed.STOPPED : 0,
        saved.configurationAccepted(),
        saved.manualOnly());
  }

  FieldState field() {
    return field;
  }

  List<PointState> points() {
    return field.points();
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

  /**
   * How long the hold after power-on has run, saturating; with a guard, since it was first seen
   * armed without a break: the time before that step does not count (S14).
   */
  long heldNanos() {
    return heldNanos;
  }

  boolean configurationAccepted() {
    return configurationAccepted;
  }

  /** Too many unplanned ends: no zone opens by itself in this run (S22). */
  boolean manualOnly() {
    return manualOnly;
  }

  /** Id of the request that waits for a press of the consent key. */
  public Optional<Long> waitsForKey() {
    return consent instanceof Consent.Waiting waiting
        ? Optional.of(waiting.request().id())
        : Optional.empty();
  }

  /** What must survive a restart (S5). */
  public Saved saved() {
    Saved.Zone[] ofZones = new Saved.Zone[zones.size()];
    for (int zone = 0; zone < ofZones.length; zone++) {
      ofZones[zone] = zones.get(zone).saved();
    }
    Saved.Fan[] ofFans = new Saved.Fan[field.fans().size()];
    for (int fan = 0; fan < ofFans.length; fan++) {
      ofFans[fan] = field.fans().get(fan).saved();
    }
    return new Saved(
        List.of(ofZones),
        List.of(ofFans),
        field.register().calibrating(),
        configurationAccepted,
        manualOnly,
        field.register().inhibited());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof State that
        && heldNanos == that.heldNanos
        && configurationAccepted == that.configurationAccepted
        && manualOnly == that.manualOnly
        && field.equals(that.field)
        && zones.equals(that.zones)
        && key.equals(that.key)
        && consent.equals(that.consent);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, zones, key, consent, heldNanos, configurationAccepted, manualOnly);
  }
}
