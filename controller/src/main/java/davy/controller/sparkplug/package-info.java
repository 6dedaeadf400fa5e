/**
 * The station as a Sparkplug B 3.0 edge node: what its metrics are, how they are encoded, and in
 * which order they are told. What a SCADA engineer needs to know of it stands in {@code
 * deploy/docs/sparkplug.md}.
 *
 * <p>Pure: no thread, no socket, no file, no clock. {@code davy.controller.uplink} calls it from
 * the thread {@code davy-sparkplug} and brings clock, frames and connection along. The encoding is
 * our own, because the subset in use is small and the libraries for it bring more than they save
 * ({@code DEPENDENCIES.md}); a decoder that is not ours checks it.
 *
 * <p>Never here: a decision, or a way to the interlock. The one command that is obeyed asks for
 * what was told already.
 */
package davy.controller.sparkplug;
