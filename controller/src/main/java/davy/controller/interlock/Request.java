package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.Optional;

/**
 * What people at the panel, and the county, may ask. Nothing here can grant power by itself: what
 * loosens anything takes effect only on a press of the consent key, and after its record is on disk
 * (S4, S25). Only one such request waits at a time.
 */
public sealed interface Request {

  long id();

  /** Who asks: a named person, or the county's name. */
  String person();

  /** About one zone. */
  sealed interface OfZone extends Request {
    int zone();
  }

  /** Takes effect only by the consent key and after its record is on disk: see {@link Consent}. */
  sealed interface Loosening extends Request {}

  /** Accepted in every state, from anyone who reaches the panel. */
  record PanelTrip(long id, int zone, String person) implements OfZone {}

  /**
   * 远程断电: signed by the county, verified before it comes here (S21). Accepted in every state.
   *
   * @param person the county
   */
  record RemoteTrip(long id, int zone, String person, String reason) implements OfZone {}

  /** 断电试验: trips the zone for real and waits for its feed to go dead. Needs no consent: it cuts. */
  record ProofTest(long id, int zone, String person) implements OfZone {}

  /**
   * Releases a latched lock.
   *
   * @param portable what the person read on a portable instrument, for OVER_RANGE of a catalytic
   *     head (S17)
   * @param repaired the person says that the breaker was repaired: the only reset that
   *     FEED_ABNORMAL and OUTPUT_FAULT accept, followed by a proof test as the first act (S3)
   */
  record Reset(long id, int zone, String person, Optional<Methane> portable, boolean repaired)
      implements OfZone, Loosening {}

  /**
   * 标校: a head goes under test gas. Its zones are cut meanwhile, unless {@code inhibit} is asked
   * for and allowed (S16).
   *
   * @param second the second named person, where the profile asks for one
   * @param nanos how long at most
   * @param inhibit do not cut: another healthy head of the same place covers the zones
   */
  record Calibrate(
      long id,
      int point,
      String person,
      Optional<String> second,
      String reason,
      long nanos,
      boolean inhibit)
      implements Loosening {}

  /** 抑制: a timed exemption of one point from cutting, where the profile knows it (S16). */
  record Inhibit(
      long id, int point, String person, Optional<String> second, String reason, long nanos)
      implements Loosening {}

  /** Ends a calibration or an inhibit before its time. Needs no consent: it tightens. */
  record EndBypass(long id, int point, String person) implements Request {}

  /** Opens a fan's start lock for a time (item e). */
  record UnlockFan(long id, int fan, String person, Optional<String> second, String reason)
      implements Loosening {}

  /** Two named persons accept the shown difference of the configuration (S18). */
  record AcceptConfiguration(long id, String person, String second) implements Loosening {}
}
