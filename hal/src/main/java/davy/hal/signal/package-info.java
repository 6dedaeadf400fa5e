/**
 * The words for field signals: pure values in integers, with the unit in the type.
 *
 * <p>Purpose: everything above speaks of the field in these types and no others. Units: methane in
 * 0.01 %CH4, carbon monoxide in ppm, temperature in 0.1 °C, air speed in 0.01 m/s, time in
 * nanoseconds of the monotonic clock. Never here: clocks, devices, floating point, null.
 */
package davy.hal.signal;
