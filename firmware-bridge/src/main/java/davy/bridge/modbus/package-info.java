/**
 * Sensors and relay boards on RS-485: the Modbus RTU master, device maps, the poller of one line.
 *
 * <p>j2mod makes and reads the messages; framing and timing are ours, for its transport is not
 * bounded (see {@code deploy/docs/DEPENDENCIES.md}). One {@link davy.bridge.modbus.BusPoller} owns
 * one line on one thread; it publishes a {@link davy.bridge.modbus.LineImage} and takes the permits
 * of its coils as a level. Never here: limits, causes, anything that decides.
 */
package davy.bridge.modbus;
