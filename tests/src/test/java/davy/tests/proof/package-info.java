/**
 * The proof that the interlock cannot be wrong, made by somebody who did not write it.
 *
 * <p>{@link davy.tests.proof.Watch} looks at every step from outside: what went in, what came out.
 * It keeps its own notes and never asks the interlock what it thinks. {@link
 * davy.tests.proof.ZoneRule}, {@link davy.tests.proof.FanRule} and {@link
 * davy.tests.proof.StationRule} say, each once, what must hold in every step and which safety rule
 * asks for it. They are necessary conditions, written from {@code SAFETY} and the regulations: what
 * must be withheld, what must not be forgotten, what nobody may release. Two engines drive the real
 * {@code Interlock.step} against them: {@link davy.tests.proof.Explorer} visits every reachable
 * state of small plans, {@link davy.tests.proof.PropertyTest} walks at random through large ones.
 */
package davy.tests.proof;
