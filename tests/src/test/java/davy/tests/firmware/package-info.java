/**
 * The guard's firmware: its own tests in C, and the same sources on the host and on an emulated
 * processor at the far end of a real serial port of ours.
 */
package davy.tests.firmware;
