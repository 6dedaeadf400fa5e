package davy.controller.alarm;

import java.util.OptionalLong;

/**
 * What people see beside a point's value.
 *
 * @param limitInNanos estimate of the time until the point's limit at its present rise, in whole
 *     looks, rounded down; empty where it does not rise or that is beyond the horizon
 */
public record PointStatus(Marks marks, OptionalLong limitInNanos) {

  static final PointStatus START = new PointStatus(Marks.NONE, OptionalLong.empty());
}
