/**
 * The arithmetic of {@code davy check} against real threads and real pseudo-terminals, every byte
 * at its line's baud.
 */
package davy.tests.budget;
