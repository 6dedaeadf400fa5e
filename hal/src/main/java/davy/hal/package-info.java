/**
 * The seam to hardware: lines, boards and the clock, each as small as it can be.
 *
 * <p>Purpose: production and simulation meet the rest of Davy only here. Threads: each line and
 * board belongs to one agent at a time, except where a method says otherwise. Errors: {@link
 * java.io.IOException} ends at the driver's caller as a value or a counter. Outputs have no getter
 * for what was commanded; what a pin really shows is {@link davy.hal.OutputLine#senses}.
 */
package davy.hal;
