/**
 * The decision: {@link davy.controller.interlock.Interlock#step} says which zones may have power.
 *
 * <p>PURE: same arguments, same answer. No clock, device, log, randomness, floating point or null;
 * imports {@code davy.hal.signal}, {@code java.util} and nothing else. The state holds no absolute
 * time, only elapsed times that saturate at their limits, so that all reachable states of a small
 * plan can be visited. Callers: the scan, replay and tests. A zone's permit is GRANTED only while
 * its {@link davy.controller.interlock.Lock} is open.
 */
package davy.controller.interlock;
