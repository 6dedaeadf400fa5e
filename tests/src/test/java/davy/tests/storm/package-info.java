/**
 * The storm: the whole interlock program on one thread in simulated time, from one seed.
 *
 * <p>{@link davy.tests.storm.Program} is what runs at the near side of the wires, made of the
 * production classes: line pollers, scan, decision, journal, saved latches. {@link
 * davy.tests.sim.SimFace} is the far side. {@link davy.tests.storm.Weather} lets things go wrong at
 * random. {@link davy.tests.storm.Oracle} knows what every head really said and which zone really
 * has power, and nothing of the program. First safety while the faults rage, then liveness when
 * they stop. {@code ./davy storm --seed N} plays one episode and tells it.
 */
package davy.tests.storm;
