package davy.controller.alarm;

import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import java.util.List;

/**
 * Judges what a person asks.
 *
 * <p>A close is accepted only when all of this holds in one and the same scan: the alarm is Latched
 * (returned and acknowledged); its condition is normal, and was so without a break for the time of
 * the plan; the feed of every zone of it agrees; reason and measure are written. A feed agrees so:
 * UNKNOWN never does (S15). While the zone is withheld it must be read DEAD, for power that is
 * withheld and live is the very thing a false clear hides. Once the zone is granted again DEAD and
 * LIVE both agree: until a person closes the breaker the feed is dead, then live, and neither says
 * anything about the alarm. An alarm without a zone has no feed to ask.
 */
final class Requests {

  private final AlarmPlan plan;
  private final List<ZoneInput> zones;
  private final List<AlarmStatus> statuses;
  private final boolean sounding;
  private boolean testing;

  /**
   * @param statuses as the requests before this one left them
   * @param sounding whether the sounder was on in the scan that the person heard
   * @param testing whether a test with gas is under way
   */
  Requests(
      AlarmPlan plan,
      List<ZoneInput> zones,
      List<AlarmStatus> statuses,
      boolean sounding,
      boolean testing) {
    this.plan = plan;
    this.zones = zones;
    this.statuses = statuses;
    this.sounding = sounding;
    this.testing = testing;
  }

  Answer judge(AlarmRequest request) {
    if (!written(request.person())) {
      return Answer.REFUSED_TEXT;
    }
    return switch (request) {
      case AlarmRequest.Mute _ -> sounding ? Answer.ACCEPTED : Answer.REFUSED_NOTHING_SOUNDS;
      case AlarmRequest.Acknowledge ask -> known(ask.alarm()) ? acknowledge(ask) : unknown();
      case AlarmRequest.Shelve ask -> known(ask.alarm()) ? shelve(ask) : unknown();
      case AlarmRequest.Unshelve ask -> known(ask.alarm()) ? unshelve(ask) : unknown();
      case AlarmRequest.OutOfService ask -> known(ask.alarm()) ? outOfService(ask) : unknown();
      case AlarmRequest.BackInService ask -> known(ask.alarm()) ? backInService(ask) : unknown();
      case AlarmRequest.Close ask -> known(ask.alarm()) ? close(ask) : unknown();
      case AlarmRequest.Correct ask -> known(ask.alarm()) ? correct(ask) : unknown();
      case AlarmRequest.GasTest ask -> gasTest(ask.point());
    };
  }

  private boolean known(int alarm) {
    return alarm >= 0 && alarm < statuses.size();
  }

  private static Answer unknown() {
    return Answer.REFUSED_UNKNOWN_ALARM;
  }

  private boolean written(String text) {
    return !text.isBlank() && text.length() <= plan.bounds().textLength();
  }

  private Life life(int alarm) {
    return statuses.get(alarm).life();
  }

  /** Only where power is can it be seen to go. */
  private Answer gasTest(int index) {
    if (testing) {
      return Answer.REFUSED_GAS_TEST;
    }
    if (index < 0 || index >= plan.points().size() || !cuts(plan.points().get(index))) {
      return Answer.REFUSED_CUTS_NOTHING;
    }
    for (int zone : plan.points().get(index).zones()) {
      if (zones.get(zone).permit() != Permit.GRANTED || zones.get(zone).feed() != Feed.LIVE) {
        return Answer.REFUSED_NO_POWER;
      }
    }
    testing = true;
    return Answer.ACCEPTED;
  }

  private static boolean cuts(AlarmPlan.Point point) {
    return point.quantity() == Quantity.METHANE
        && point.limit().isPresent()
        && !point.zones().isEmpty();
  }

  private Answer acknowledge(AlarmRequest.Acknowledge ask) {
    return life(ask.alarm()).calls() ? Answer.ACCEPTED : Answer.REFUSED_NOTHING_TO_ACKNOWLEDGE;
  }

  private Answer shelve(AlarmRequest.Shelve ask) {
    if (ask.forNanos() <= 0 || ask.forNanos() > plan.bounds().shelveMaxNanos()) {
      return Answer.REFUSED_SHELVE_TIME;
    }
    return hide(ask.alarm(), ask.reason());
  }

  private Answer outOfService(AlarmRequest.OutOfService ask) {
    return hide(ask.alarm(), ask.reason());
  }

  private Answer hide(int alarm, String reason) {
    if (!plan.alarms().get(alarm).shelvable()) {
      return Answer.REFUSED_NEVER_HIDDEN;
    }
    if (!written(reason)) {
      return Answer.REFUSED_TEXT;
    }
    return switch (life(alarm)) {
      case Life.Normal _, Life.Acknowledged _ -> Answer.ACCEPTED;
      case Life.Unacknowledged _, Life.ReturnedUnacknowledged _ -> Answer.REFUSED_ACKNOWLEDGE_FIRST;
      case Life.Latched _ -> Answer.REFUSED_NEVER_HIDDEN;
      case Life.Shelved _, Life.SuppressedByDesign _, Life.OutOfService _ -> Answer.REFUSED_HIDDEN;
    };
  }

  private Answer unshelve(AlarmRequest.Unshelve ask) {
    return life(ask.alarm()) instanceof Life.Shelved ? Answer.ACCEPTED : Answer.REFUSED_NOT_SHELVED;
  }

  private Answer backInService(AlarmRequest.BackInService ask) {
    return life(ask.alarm()) instanceof Life.OutOfService
        ? Answer.ACCEPTED
        : Answer.REFUSED_IN_SERVICE;
  }

  private Answer close(AlarmRequest.Close ask) {
    Alarm alarm = plan.alarms().get(ask.alarm());
    if (!alarm.closedByPerson() && !(life(ask.alarm()) instanceof Life.Latched)) {
      return Answer.REFUSED_ENDS_BY_ITSELF;
    }
    if (!written(ask.reason()) || !written(ask.measure())) {
      return Answer.REFUSED_TEXT;
    }
    return switch (life(ask.alarm())) {
      case Life.Unacknowledged _, Life.ReturnedUnacknowledged _ -> Answer.REFUSED_ACKNOWLEDGE_FIRST;
      case Life.Acknowledged _ -> Answer.REFUSED_STILL_ACTIVE;
      case Life.Latched _ -> latched(alarm, statuses.get(ask.alarm()));
      case Life.Normal _, Life.Shelved _, Life.SuppressedByDesign _, Life.OutOfService _ ->
          Answer.REFUSED_NOT_OPEN;
    };
  }

  private Answer latched(Alarm alarm, AlarmStatus status) {
    if (status.active()) {
      return Answer.REFUSED_STILL_ACTIVE;
    }
    if (status.normalForNanos() < alarm.normalNanos()) {
      return Answer.REFUSED_NOT_NORMAL_LONG_ENOUGH;
    }
    for (int index : alarm.zones()) {
      ZoneInput zone = zones.get(index);
      if (zone.feed() == Feed.UNKNOWN) {
        return Answer.REFUSED_FEED_UNKNOWN;
      }
      if (zone.feed() == Feed.LIVE && zone.permit() == Permit.WITHHELD) {
        return Answer.REFUSED_FEED_LIVE;
      }
    }
    return Answer.ACCEPTED;
  }

  private Answer correct(AlarmRequest.Correct ask) {
    if (!plan.alarms().get(ask.alarm()).closedByPerson()) {
      return Answer.REFUSED_ENDS_BY_ITSELF;
    }
    if (!written(ask.reason()) || !written(ask.measure())) {
      return Answer.REFUSED_TEXT;
    }
    long closed = statuses.get(ask.alarm()).latestClosed();
    return ask.occurrence() >= 1 && ask.occurrence() <= closed
        ? Answer.ACCEPTED
        : Answer.REFUSED_NOT_CLOSED;
  }
}
