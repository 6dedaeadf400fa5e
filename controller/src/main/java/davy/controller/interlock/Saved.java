package davy.controller.interlock;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a start knows of earlier runs: the durable file of latches (S5) and what the process found
 * out before the first step.
 *
 * @param zones in plan order
 * @param fans in plan order
 * @param calibrating indices of points whose announced calibration had not ended (S8)
 * @param configurationAccepted whether this configuration is the one last accepted (S18)
 * @param manualOnly too many unplanned ends: no zone opens by itself in this run (S22)
 * @param inhibited points that were inhibited in their shift (S16)
 */
public record Saved(
    List<Zone> zones,
    List<Fan> fans,
    List<Integer> calibrating,
    boolean configurationAccepted,
    boolean manualOnly,
    List<Inhibited> inhibited) {

  public Saved {
    zones = List.copyOf(zones);
    fans = List.copyOf(fans);
    calibrating = List.copyOf(calibrating);
    inhibited = List.copyOf(inhibited);
  }

  /** Of a run in which nothing was inhibited. */
  public Saved(
      List<Zone> zones,
      List<Fan> fans,
      List<Integer> calibrating,
      boolean configurationAccepted,
      boolean manualOnly) {
    this(zones, fans, calibrating, configurationAccepted, manualOnly, List.of());
  }

  /**
   * @param latches causes that only a person may release
   * @param proofDue a proof test is the first act after the next release (S3, S18)
   * @param closesItself its breaker was seen to close itself (S23)
   * @param degassing its fan stood while gas was high: manual until the lock opens (S23)
   */
  public record Zone(Causes latches, boolean proofDue, boolean closesItself, boolean degassing) {
    public static final Zone NOTHING = new Zone(Causes.NONE, false, false, false);

    /** Of a zone of which nothing is known any more: what latched it may have been anything. */
    public static final Zone LOST = new Zone(Causes.of(Cause.LATCHES_LOST), true, true, false);
  }

  /**
   * @param startLocked the start lock was closed (S5)
   */
  public record Fan(boolean startLocked) {}

  /**
   * How much of its shift a point has used up. An inhibit that stands counts in full, so that this
   * changes only where one begins and ends.
   */
  public record Inhibited(int point, long usedNanos) {

    /** Of a point of which nothing is known any more: a shift's whole time may be used. */
    public static Inhibited lost(int point) {
      return new Inhibited(point, Long.MAX_VALUE);
    }
  }

  /** Nothing latched, everything accepted. */
  public static Saved nothing(Plan plan) {
    return new Saved(
        Collections.nCopies(plan.zones().size(), Zone.NOTHING),
        Collections.nCopies(plan.fans().size(), new Fan(false)),
        List.of(),
        true,
        false);
  }

  /** The file is missing or unreadable on a known site: every zone and start lock closes (S5). */
  public static Saved lost(Plan plan, boolean configurationAccepted) {
    return new Saved(
        Collections.nCopies(plan.zones().size(), Zone.LOST),
        Collections.nCopies(plan.fans().size(), new Fan(true)),
        List.of(),
        configurationAccepted,
        false,
        IntStream.range(0, plan.points().size()).mapToObj(Inhibited::lost).toList());
  }
}
