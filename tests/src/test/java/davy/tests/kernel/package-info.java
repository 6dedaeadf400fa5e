/**
 * Davy's field code on real Linux kernels: Debian's stock arm64 kernel, emulated by QEMU, once on a
 * board whose GPIO is a PL061 and once on a Pi 3 with the Pi's own pin controller.
 *
 * <pre>
 *  this machine                                   in the emulated one
 *  RealKernelTest --boots--> Vm ............ kernel, /init (init.sh), Guest
 *  Bench &lt;--- questions about pins, over the console --- SeamOnKernel (the seam's rules)
 *    '--qtest--> registers and wires of the emulated chip
 *  SlaveOnSocket &lt;--- the emulated UART --- JsscPort, the RTU master
 * </pre>
 *
 * <p>The world outside the chip is QEMU's own test socket: it reads the chip's registers, moves its
 * inputs and reports each change of an output, whatever the kernel believes. No time is asserted:
 * an emulated processor on a busy machine has no time worth the name.
 */
package davy.tests.kernel;
