/**
 * The simulated mine, on the far side of the same lines that real hardware would be on.
 *
 * <p>Purpose: what the world does, so that everything on our side of the seam is the production
 * code. {@link davy.hal.sim.Plant} is the heading's air and gas, {@link davy.hal.sim.SensorHead}
 * what a head makes of it, {@link davy.hal.sim.Breaker} the switch that a zone's relay holds in,
 * {@link davy.hal.sim.SimBoard} a GPIO board whose pins the world can see and hold.
 *
 * <p>Time: nothing here reads a clock or sleeps. Whoever owns the mine steps it, with {@link
 * davy.hal.sim.SimClock} or with real time, and a seed and the same steps give the same mine.
 *
 * <p>Threads: none; each object belongs to the one thread that steps it. Floating point is welcome
 * here and nowhere beyond: a head shows integers. Never here: a shortcut that tells our side more
 * than a wire would.
 */
package davy.hal.sim;
