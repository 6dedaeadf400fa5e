package davy.controller.sparkplug;

import java.util.function.Function;

/**
 * A metric and where its value comes from.
 *
 * @param source of a frame, which may be absent
 * @param restMillis a change is no news before so long after the last one
 */
record Item(Tag tag, Function<Frame, Told> source, long restMillis) {}
