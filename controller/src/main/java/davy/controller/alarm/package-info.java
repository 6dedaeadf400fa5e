/**
 * Alarms people can trust: {@link davy.controller.alarm.Alarms#step} says which alarms stand, how
 * grave they are, and what lamp and sounder do.
 *
 * <p>PURE like the interlock, and apart from it: no clock, device, log, randomness, floating point
 * or null; imports {@code davy.hal.signal} and {@code java.util} alone. It is called once a scan
 * after the interlock's decision, on the scan thread, and nothing it returns goes back into a
 * permit, a lock or a value: lamp, sounder, lists and events are all it has. The state holds no
 * absolute time, only elapsed times that saturate; while nothing happens a step returns the objects
 * it was given.
 *
 * <ul>
 *   <li>Life cycle: {@link davy.controller.alarm.Life}, the one transition table.
 *   <li>Closing: {@code Requests}; a value normal for a time, an agreeing feed, a named person's
 *       reason and measure. No other path closes what needs a person.
 *   <li>Grades: {@link davy.controller.alarm.AlarmPlan.GradeRow}.
 *   <li>Plausibility: {@link davy.controller.alarm.Rule}; marks a point, never edits it.
 *   <li>Statistics of five minutes: {@link davy.controller.alarm.AlarmEvent.Statistics}.
 * </ul>
 */
package davy.controller.alarm;
