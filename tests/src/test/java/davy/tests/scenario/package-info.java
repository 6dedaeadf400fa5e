/**
 * Text tables an electrical engineer can read, run against the real interlock. The format stands in
 * {@link davy.tests.scenario.Scenario}.
 */
package davy.tests.scenario;
