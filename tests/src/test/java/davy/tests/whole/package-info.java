/**
 * The whole interlock on simulated lines, on one thread in simulated time: slaves that speak real
 * bytes, line pollers, scan, interlock, relay board, breakers and feed contacts.
 */
package davy.tests.whole;
