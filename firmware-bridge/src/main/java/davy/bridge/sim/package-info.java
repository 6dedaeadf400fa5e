/**
 * The far ends of the wires: slaves that speak Modbus RTU byte by byte, and a line to them in
 * simulated time.
 *
 * <p>Purpose: the double of every test and of the demo's mine, at the wire, so that codec, poller
 * and scan are the production ones. {@link davy.bridge.sim.SlaveBank} is the line itself, pure:
 * bytes in at a tick, bytes out with the tick at which they are due. {@link davy.bridge.sim.SimBus}
 * puts it under the seam in simulated time; a pump puts it behind a real pseudo-terminal. Every
 * device has two hands: the registers that the master sees, and methods for the world that acts on
 * it (gas, contacts) and watches it (coils).
 *
 * <p>Threads: none; one thread owns a bank with its slaves and devices. Nothing here shares code
 * with the decoder or the master, so that one mistake can't hide on both sides. Never on the
 * interlock's path.
 */
package davy.bridge.sim;
