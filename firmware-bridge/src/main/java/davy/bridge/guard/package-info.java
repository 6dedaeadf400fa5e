/**
 * The link to the guard, the watchdog processor whose master relays stand in series with every zone
 * (firmware in {@code firmware-bridge/guard-firmware}, where {@code core/guard_frame.h} draws every
 * frame).
 *
 * <p>The guard asks fresh questions; the agent answers each with what one complete periodic scan
 * found, handed over as a {@link davy.bridge.guard.ScanReport}. Without a report there is no
 * answer: no timer, retry or half-done scan can make one. One thread owns the line; reports and
 * images pass between threads by reference. Never here: deciding when power is withheld. A guard
 * that is lost or dropped is the interlock's cause.
 */
package davy.bridge.guard;
