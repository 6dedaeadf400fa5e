/**
 * The far ends of the wires, for tests and the demo: Modbus slaves that answer real bytes. Only the
 * composition root of the demo and tests import this package.
 */
package davy.bridge.sim;
