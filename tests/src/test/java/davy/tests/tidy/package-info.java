/**
 * How the code reads, as tests: sizes, words, what a package may know. Every complaint is {@code
 * file:line: rule}. Each rule is also shown text that breaks it.
 */
package davy.tests.tidy;
