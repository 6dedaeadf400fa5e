package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.hal.signal.Feed;
import java.util.List;

/**
 * What one scan says of the conditions.
 *
 * @param zones as the last scan left them
 * @param points marks as plausibility sees them now
 */
record Conditions(
    AlarmPlan plan, AlarmInputs inputs, List<ZoneStatus> zones, List<PointStatus> points) {

  Judgement judge(Condition condition) {
    return switch (condition) {
      case Condition.OverLimit over -> overLimit(over);
      case Condition.SensorLost lost ->
          switch (inputs.points().get(lost.point())) {
            case Sample.Lost _ -> Judgement.ACTIVE;
            case Sample.Good good when good.trusted() -> Judgement.NORMAL;
            case Sample.Good _, Sample.OverRange _, Sample.Calibrating _ -> Judgement.UNSURE;
          };
      case Condition.FeedLost lost -> feedLost(lost.zone());
      case Condition.FeedUnknown unknown ->
          when(inputs.zones().get(unknown.zone()).feed() == Feed.UNKNOWN);
      case Condition.Marked marked ->
          inputs.points().get(marked.point()) instanceof Sample.Calibrating
              ? Judgement.UNSURE
              : when(points.get(marked.point()).marks().meets(marked.marks()));
      case Condition.Given given -> when(inputs.signals().get(given.signal()));
    };
  }

  private static Judgement when(boolean active) {
    return active ? Judgement.ACTIVE : Judgement.NORMAL;
  }

  private Judgement overLimit(Condition.OverLimit over) {
    boolean high = plan.points().get(over.point()).quantity().highIsDanger();
    return switch (inputs.points().get(over.point())) {
      case Sample.Good good
          when high ? good.amount() >= over.alarmAt() : good.amount() <= over.alarmAt() ->
          Judgement.ACTIVE;
      case Sample.Good good
          when good.trusted()
              && (high
                  ? good.amount() < over.returnInside()
                  : good.amount() > over.returnInside()) ->
          Judgement.NORMAL;
      case Sample.OverRange _ when high -> Judgement.ACTIVE;
      case Sample.Good _, Sample.OverRange _, Sample.Lost _, Sample.Calibrating _ ->
          Judgement.UNSURE;
    };
  }

  private Judgement feedLost(int zone) {
    ZoneInput input = inputs.zones().get(zone);
    if (!zones.get(zone).live(input)) {
      return Judgement.NORMAL;
    }
    return switch (input.feed()) {
      case DEAD -> Judgement.ACTIVE;
      case UNKNOWN -> Judgement.UNSURE;
      case LIVE -> Judgement.NORMAL;
    };
  }

  /** Whether what it watches is known to say nothing now. */
  boolean suppressed(Condition condition) {
    return switch (condition) {
      case Condition.OverLimit over -> calibrating(over.point());
      case Condition.SensorLost lost -> calibrating(lost.point());
      case Condition.Marked marked -> calibrating(marked.point());
      case Condition.FeedLost _, Condition.FeedUnknown _, Condition.Given _ -> false;
    };
  }

  private boolean calibrating(int point) {
    return inputs.points().get(point) instanceof Sample.Calibrating;
  }
}
