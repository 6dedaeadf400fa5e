/**
 * The few Linux calls that Java has no words for, on x86-64 and aarch64.
 *
 * <p>Purpose: descriptors ({@link davy.hal.posix.Posix}, {@link davy.hal.posix.Descriptor}), a
 * wake-up that a poll can wait for ({@link davy.hal.posix.Wakeup}), terminals and pseudo-terminals
 * ({@link davy.hal.posix.Terminal}, {@link davy.hal.posix.Pty}), real-time scheduling and memory
 * lock ({@link davy.hal.posix.RealTime}), Java's own pages ({@link davy.hal.posix.JavaPages}). All
 * go through {@code java.lang.foreign} to libc; nothing is compiled or shipped beside the JDK.
 *
 * <p>Threads: every static method may be called from any thread. Each thread has its own small
 * native scratch, so reading, writing, polling and waking make no garbage of their own; the linker
 * makes 40 bytes a call to capture errno, which only the second compiler removes (measured, JDK
 * 25). A call that may block lets the garbage collector go on (none is linked as {@code critical}).
 *
 * <p>Errors: a failed call is an {@link davy.hal.posix.ErrnoException}, which carries the number
 * and says it in words. "Nothing there yet" is not an error and is 0.
 *
 * <p>Callers: {@code hal.pi}, {@code bridge.serial}, the simulated mine and composition roots.
 * Never here: policy, logging, clocks, a descriptor that outlives its {@code close}.
 */
package davy.hal.posix;
