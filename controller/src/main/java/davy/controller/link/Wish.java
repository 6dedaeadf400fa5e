package davy.controller.link;

import davy.hal.signal.Methane;
import java.util.Optional;

/**
 * What a person may ask for with a PIN, still with the names of the site. What each does stands at
 * {@link davy.controller.interlock.Request} and {@link davy.controller.alarm.AlarmRequest}.
 */
public sealed interface Wish {

  /** Asked of the alarms: releases nothing. */
  sealed interface OfAlarms extends Wish {}

  /** Asked of the interlock. */
  sealed interface OfInterlock extends Wish {}

  /**
   * @param portable reading of a portable instrument, where OVER_RANGE is to be released (S17)
   * @param repaired the person says that the breaker was repaired (S3)
   */
  record Reset(String zone, Optional<Methane> portable, boolean repaired) implements OfInterlock {}

  record ProofTest(String zone) implements OfInterlock {}

  record Calibrate(String point, String reason, int minutes, boolean inhibit)
      implements OfInterlock {}

  record Inhibit(String point, String reason, int minutes) implements OfInterlock {}

  record EndBypass(String point) implements OfInterlock {}

  record UnlockFan(String fan, String reason) implements OfInterlock {}

  /**
   * @param digest of the configuration that the two persons saw and mean
   */
  record AcceptConfiguration(String digest) implements OfInterlock {}

  record Acknowledge(String alarm) implements OfAlarms {}

  record Mute() implements OfAlarms {}

  record Shelve(String alarm, String reason, int minutes) implements OfAlarms {}

  record Unshelve(String alarm) implements OfAlarms {}

  record OutOfService(String alarm, String reason) implements OfAlarms {}

  record BackInService(String alarm) implements OfAlarms {}

  record CloseAlarm(String alarm, String reason, String measure) implements OfAlarms {}

  /**
   * @param occurrence of the alarm that was closed, from 1
   */
  record Correct(String alarm, long occurrence, String reason, String measure)
      implements OfAlarms {}

  /** 甲烷超限断电试验 of a head. */
  record GasTest(String point) implements OfAlarms {}

  /** The word of the request line. */
  default String kind() {
    return switch (this) {
      case Reset _ -> "reset";
      case ProofTest _ -> "proof-test";
      case Calibrate _ -> "calibrate";
      case Inhibit _ -> "inhibit";
      case EndBypass _ -> "end-bypass";
      case UnlockFan _ -> "unlock-fan";
      case AcceptConfiguration _ -> "accept-configuration";
      case Acknowledge _ -> "acknowledge";
      case Mute _ -> "mute";
      case Shelve _ -> "shelve";
      case Unshelve _ -> "unshelve";
      case OutOfService _ -> "out-of-service";
      case BackInService _ -> "back-in-service";
      case CloseAlarm _ -> "close-alarm";
      case Correct _ -> "correct-alarm";
      case GasTest _ -> "gas-test";
    };
  }

  /** What it is about. */
  default About about() {
    return switch (this) {
      case Reset of -> About.zone(of.zone);
      case ProofTest of -> About.zone(of.zone);
      case Calibrate of -> About.point(of.point);
      case Inhibit of -> About.point(of.point);
      case EndBypass of -> About.point(of.point);
      case UnlockFan of -> About.fan(of.fan);
      case AcceptConfiguration _, Mute _ -> About.SITE;
      case Acknowledge of -> About.alarm(of.alarm);
      case Shelve of -> About.alarm(of.alarm);
      case Unshelve of -> About.alarm(of.alarm);
      case OutOfService of -> About.alarm(of.alarm);
      case BackInService of -> About.alarm(of.alarm);
      case CloseAlarm of -> About.alarm(of.alarm);
      case Correct of -> About.alarm(of.alarm);
      case GasTest of -> About.point(of.point);
    };
  }

  /** Takes nothing away from safety: any known person may ask, whatever the role. */
  default boolean tightens() {
    return switch (this) {
      case EndBypass _, Acknowledge _, Mute _, Unshelve _, BackInService _ -> true;
      case Reset _, ProofTest _, GasTest _, Calibrate _, Inhibit _, UnlockFan _ -> false;
      case AcceptConfiguration _, Shelve _, OutOfService _, CloseAlarm _, Correct _ -> false;
    };
  }

  /**
   * @param field zone, point, fan, alarm or metric, as requests and records name it; empty for the
   *     site
   */
  record About(String field, String name) {
    static final About SITE = new About("", "");

    static About zone(String name) {
      return new About("zone", name);
    }

    static About point(String name) {
      return new About("point", name);
    }

    static About fan(String name) {
      return new About("fan", name);
    }

    /** What somebody at the surface wanted to write. */
    static About metric(String name) {
      return new About("metric", name);
    }

    static About alarm(String name) {
      return new About("alarm", name);
    }
  }
}
