package davy.controller.interlock;

import davy.controller.interlock.Inputs.FlowInput;

/**
 * What the flow in a duct leaves behind between steps (item d).
 *
 * @param low it was below its limit when last read; so it counts until first read (S5)
 * @param trust whether its readings count (S19)
 */
record FlowState(boolean low, Trust trust) {

  static final FlowState START = new FlowState(true, Trust.START);

  FlowState next(Plan.Flow flow, Plan.Times times, FlowInput input, long elapsedNanos) {
    return switch (input) {
      case FlowInput.Good good ->
          new FlowState(
              good.amount() < flow.lowBelow(), trust.good(good.fresh(), true, elapsedNanos, times));
      case FlowInput.Faulty _ -> new FlowState(low, trust.lost(Cause.SENSOR_FAULT));
      case FlowInput.Stale _ -> new FlowState(low, trust.lost(Cause.SENSOR_STALE));
    };
  }

  /** What it brings to the zones, never to the fan. */
  Causes causes() {
    return low ? trust.causes().with(Cause.AIRFLOW_LOW) : trust.causes();
  }
}
