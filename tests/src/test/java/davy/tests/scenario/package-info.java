/**
 * Text tables an electrical engineer can read, run against the real interlock. The format stands in
 * {@link davy.tests.scenario.Scenario}, for alarms in {@link davy.tests.scenario.AlarmScenario}.
 */
package davy.tests.scenario;
