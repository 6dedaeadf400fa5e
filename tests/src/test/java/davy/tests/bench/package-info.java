/**
 * The benchmarks: {@code ./davy bench}. The far end of every wire is in this process and judges by
 * its own stamps; the near end is another process with the interlock's own flags ({@link
 * davy.tests.bench.Near}), or a C program on libmodbus, or the installed interlock itself. A figure
 * is told with its goal and whether it was met; only bytes are ever asserted by a test, never time.
 */
package davy.tests.bench;
