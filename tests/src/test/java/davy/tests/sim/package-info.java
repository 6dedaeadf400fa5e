/** The simulated face that tests of the whole chain and the storm run against. */
package davy.tests.sim;
