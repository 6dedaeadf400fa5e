/**
 * The machine's own GPIO pins, through Pi4J and the Linux GPIO character device.
 *
 * <p>Purpose: {@link davy.hal.pi.PiBoard}. Pi4J's core keeps the lines; its provider is ours and is
 * named, never detected, because a detected mock or a provider that sets the level after the claim
 * would be silent at the relay. A chip is found by its label, never by its number. The first level
 * goes to the kernel with the claim itself, so a relay never clicks. Levels are those of the pin;
 * which of them energises is the line's own business and the kernel is not told.
 *
 * <p>Threads: claims by one thread; then each line by one thread; {@code close} by any, also in the
 * middle of a drive, and the last thing that a line's descriptor does is to de-energise.
 *
 * <p>Errors: {@link java.io.IOException} that names chip, line and remedy. Nothing is tried again.
 *
 * <p>Never here: a shutdown hook, edge events, a command read back as evidence. Killing the process
 * gives no level that one may rely on (it differs from driver to driver): that is the guard's part.
 */
package davy.hal.pi;
