/**
 * What the interlock looked at, recorded so that every decision can be made again.
 *
 * <p>{@link davy.controller.recording.Recorder} writes; {@code deploy/docs/journal.md} shows the
 * form. A record {@code inputs.begin} holds what a decision rests on besides its inputs: the plan,
 * and what was known at the start or the whole state. Records {@code inputs} then hold every step,
 * none left out: its length in time and what changed in its inputs. So the sum of the steps is the
 * record's tick, and a record that is missing is seen by its missing time.
 *
 * <p>Threads: the recorder belongs to the scan, never waits and holds a bounded number of steps;
 * everything else is pure and any thread's. Must never touch a decision: a recorder that fails is a
 * loss of evidence, not of safety.
 */
package davy.controller.recording;
