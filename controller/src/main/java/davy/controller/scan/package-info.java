/**
 * Sample, decide, drive, tell: one pass over the process image, at its period and at once when an
 * interlock reading arrives.
 *
 * <p>Thread: the scan thread alone. No I/O but the field, no lock, no queue that can block. Any
 * throwable goes to the one uncaught handler, which withholds every zone and ends the process.
 */
package davy.controller.scan;
