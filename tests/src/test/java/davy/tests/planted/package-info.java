/**
 * Would the tests notice? Known bugs are planted into the sources of the interlock, one at a time,
 * compiled in memory, and shown to the methods that guard it: text scenarios, exploration of every
 * reachable state, random walks. Each bug must be caught by at least two of them. A method is
 * anything that fails on a bad interlock, see {@link davy.tests.planted.Method}.
 */
package davy.tests.planted;
