package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.util.Map;

/**
 * One thing to be recorded.
 *
 * @param tick when it happened, monotonic
 * @param fields in the order they are written; values are String, Long, Integer, Boolean, or a List
 *     or Map of these
 */
public record Entry(EventCode code, Tick tick, Map<String, Object> fields) {}
