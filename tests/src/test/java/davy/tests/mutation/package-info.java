/**
 * Holds the outcome of mutation testing against the list of mutants that may survive. The mutation
 * itself is made by PIT, before the tests of this module run, in the build profile {@code
 * mutation}.
 */
package davy.tests.mutation;
