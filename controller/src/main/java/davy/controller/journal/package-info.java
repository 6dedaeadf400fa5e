/**
 * The evidence journal: append-only JSON lines in segments, each record chained to the one before.
 *
 * <p>The scan offers entries to a bounded queue and never waits; the journal's own thread writes
 * and synchronises. Nor does it wait for signatures: {@link davy.controller.journal.Signer} makes
 * them on a thread of its own. Format: {@code deploy/docs/journal.md}.
 */
package davy.controller.journal;
