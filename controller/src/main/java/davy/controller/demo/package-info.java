/**
 * The demonstration: a simulated heading, played to the same programs that a mine would run.
 *
 * <p>Processes: the demo (parent) starts the mine, which owns the pseudo-terminals, the slaves on
 * them, the breakers and the true gas; the interlock; the station; and a broker that stands in for
 * the county. Children die with the parent, all files stand in one temporary folder. The mine tells
 * facts with ticks of the machine's monotonic clock; the judge believes the simulated breaker and
 * nothing else. This package and its main alone may import simulation. Never here: a limit, a cause
 * or a way to change one.
 */
package davy.controller.demo;
