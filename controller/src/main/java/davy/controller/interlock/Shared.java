package davy.controller.interlock;

import java.util.List;

/**
 * What every zone of a step looks at.
 *
 * @param before what the step before left
 * @param points as this step judges them
 * @param fans what each fan brings to its zones in this step
 */
record Shared(
    Plan plan,
    State before,
    Inputs inputs,
    List<PointState> points,
    List<Causes> fans,
    Moment moment,
    List<Event> events) {}
