package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the interlock knows of a site: made once from the site file, never changed while running.
 *
 * @param points methane points that zones or fans depend on
 * @param fans local fans (局部通风机): no zones, and never stopped by anything but gas (S7, S8)
 */
public record Plan(
    List<Point> points,
    List<Zone> zones,
    List<Fan> fans,
    Times times,
    Bypasses bypasses,
    Fitted fitted) {

  public Plan {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    fans = List.copyOf(fans);
  }

  /**
   * What the station has.
   *
   * @param consentKey a hard-wired consent key: without one nothing that needs a person can be
   *     released (S4)
   * @param guard the watchdog microcontroller in series with every zone's relay (S14)
   */
  public record Fitted(boolean consentKey, boolean guard) {}

  /**
   * Times of the profile, all in nanoseconds.
   *
   * @param startHoldNanos lock after power-on
   * @param backToGoodReadings consecutive good readings before a failed point is trusted again
   * @param backToGoodNanos and for how long it must have been good (S19)
   * @param driftAt a head at or below it for driftNanos has drifted (S19)
   * @param consentNanos how long a reset waits for the consent key (S4)
   * @param keyAloneNanos held so long, the key alone resets while the station is dead (S4)
   * @param keyStuckNanos held so long, the key is stuck and releases nothing (S4)
   * @param readBackNanos a withheld output must be read back open within it (S10)
   * @param feedUnseenNanos granted so long and never read live, the feed is unknown (S15)
   * @param selfCloseNanos live within it after a release, the breaker closed itself (S23)
   * @param outputOnNanos a granted output must be read back on within it (S10)
   */
  public record Times(
      long startHoldNanos,
      int backToGoodReadings,
      long backToGoodNanos,
      Methane driftAt,
      long driftNanos,
      long consentNanos,
      long keyAloneNanos,
      long keyStuckNanos,
      long readBackNanos,
      long feedUnseenNanos,
      long selfCloseNanos,
      long outputOnNanos) {}

  /**
   * A methane point.
   *
   * @param alarmAt inclusive
   * @param tripAt inclusive
   * @param restoreBelow strict
   * @param catalytic after OVER_RANGE a portable reading is asked for (S17)
   * @param ageLimitNanos an older reading is stale
   */
  public record Point(
      String name,
      Methane alarmAt,
      Methane tripAt,
      Methane restoreBelow,
      boolean catalytic,
      long ageLimitNanos) {}

  /**
   * What one cut-off output feeds (断电范围).
   *
   * @param groups what cuts it, at least one
   * @param feedFitted whether a feed contact is read for this zone
   * @param stableNanos how long every cause must be gone before an automatic release
   * @param dropOutNanos a withheld zone's feed must be dead within it: relay and breaker together
   *     with the age of the feed's reading
   * @param upstream the zone that feeds this one, tripped when this one can't be cut (S3, S10)
   */
  public record Zone(
      String name,
      List<Group> groups,
      Release release,
      boolean feedFitted,
      long stableNanos,
      long dropOutNanos,
      OptionalInt upstream) {
    public Zone {
      groups = List.copyOf(groups);
    }

    /** Indices of the methane points of all groups, in their order. */
    public List<Integer> points() {
      return groups.stream().flatMap(group -> group.members().stream()).toList();
    }
  }

  /**
   * Heads at one place that vote (S13).
   *
   * @param members indices into {@link Plan#points}, at least one; a lone point is a group of one;
   *     three for {@link Voting#TWO_OF_THREE}
   * @param singleFaultCuts a single failed member cuts, whatever the vote (CN profiles)
   * @param differBy good members further apart are a fault of the place (S24); empty where the
   *     profile does not ask for it
   */
  public record Group(
      List<Integer> members, Voting voting, boolean singleFaultCuts, Optional<Methane> differBy) {
    public Group {
      members = List.copyOf(members);
    }

    /** A point that cuts by itself. */
    public static Group of(int point) {
      return new Group(List.of(point), Voting.ANY, true, Optional.empty());
    }
  }

  /** How many members in service must vote to trip. */
  public enum Voting {
    /** 1oo1, 1oo2: any of them. */
    ANY,
    /** 2oo3; becomes 1oo2 when a member is taken out of service, never 2oo2. */
    TWO_OF_THREE
  }

  /**
   * The local ventilation of one heading: one machine, or main and backup.
   *
   * @param machines how many run contacts are read; stopped means all stopped
   * @param flow the duct's flow, where measured
   * @param zones indices of the zones it ventilates
   * @param gas indices of T1 and T2: the start lock (item e) and degassing (S23) look at them
   * @param intake indices of T3 before the fan, where ventilated in series: second stage (item c')
   */
  public record Fan(
      String name,
      int machines,
      Optional<Flow> flow,
      List<Integer> zones,
      List<Integer> gas,
      List<Integer> intake,
      FanLimits limits) {
    public Fan {
      zones = List.copyOf(zones);
      gas = List.copyOf(gas);
      intake = List.copyOf(intake);
    }
  }

  /**
   * @param lowBelow strictly below it the flow is low, 0.01 m/s
   * @param ageLimitNanos an older reading is stale
   */
  public record Flow(int lowBelow, long ageLimitNanos) {}

  /**
   * The profile's limits of a fan; a site may change none of them (S8).
   *
   * @param changeoverNanos all machines may stand still so long before FAN_STOPPED
   * @param lockAbove strict: fan stopped and gas above it locks the start (item e)
   * @param lockOpensBelow strict: all of gas good and below it opens the start lock by itself
   * @param stopAt inclusive: intake gas that stops the fan (item c')
   * @param stopRestoreBelow strict
   * @param stopReadings so many good readings in a row
   * @param stopWithinNanos that arrived within this time
   * @param overRangeAfter inclusive: over-range counts for the stop only after such a reading
   * @param overRangeWithinNanos not longer ago than this
   * @param degasAt inclusive: gas at it while the fan stands makes the release manual (S23)
   * @param degasNanos and only after gas was below it for so long
   */
  public record FanLimits(
      long changeoverNanos,
      Methane lockAbove,
      Methane lockOpensBelow,
      Methane stopAt,
      Methane stopRestoreBelow,
      int stopReadings,
      long stopWithinNanos,
      Methane overRangeAfter,
      long overRangeWithinNanos,
      Methane degasAt,
      long degasNanos) {}

  /**
   * What a named person may exempt, and for how long (S16).
   *
   * @param atOnce inhibits, calibrations and unlocks together
   * @param twoPersons the profile asks for a second named person
   * @param calibrationNanos the longest calibration
   * @param unlockNanos how long a fan's start lock stays open after the password
   * @param inhibit the timed inhibit; empty where the profile knows none (CN)
   */
  public record Bypasses(
      int atOnce,
      boolean twoPersons,
      long calibrationNanos,
      long unlockNanos,
      Optional<InhibitLimits> inhibit) {}

  /**
   * @param longestNanos of one inhibit
   * @param shiftNanos of one point in a shift, in total
   * @param pauseNanos between two of one point
   * @param shiftLengthNanos how long a shift is, from the first inhibit in it
   */
  public record InhibitLimits(
      long longestNanos, long shiftNanos, long pauseNanos, long shiftLengthNanos) {}

  /** How a zone's lock opens once every cause is gone. */
  public enum Release {
    /** By itself after the stable time, where no cause needs a person. */
    AUTOMATIC,
    /** By a person's reset and the consent key. */
    MANUAL
  }
}
