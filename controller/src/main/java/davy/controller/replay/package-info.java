/**
 * Decides again what a journal recorded, with the rules of today.
 *
 * <p>{@link davy.controller.replay.Player} steps the interlock through the recorded inputs; {@link
 * davy.controller.replay.Replay} compares what it decides with what stands in the journal. Pure but
 * for reading the journal's files; any thread; never part of the safety process.
 */
package davy.controller.replay;
