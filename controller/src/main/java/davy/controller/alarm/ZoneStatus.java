package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.util.OptionalInt;

/**
 * The alarms of one zone together: remembered and shown.
 *
 * @param liveThisGrant the feed was live since power was granted, nothing upstream withheld
 * @param firstOut the alarm that came first while others now stand or wait to be seen; empty when
 *     none does. Alarms that only wait for their close do not count
 * @param grade gravest of its active alarms
 */
public record ZoneStatus(boolean liveThisGrant, OptionalInt firstOut, Lamp lamp, Grade grade) {

  static final ZoneStatus START = new ZoneStatus(false, OptionalInt.empty(), Lamp.OFF, Grade.NONE);

  boolean live(ZoneInput input) {
    return input.permit() == Permit.GRANTED
        && !input.upstreamWithheld()
        && (liveThisGrant || input.feed() == Feed.LIVE);
  }
}
