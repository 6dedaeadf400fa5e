/** Real processes on pseudo-terminals: programs that share no line of code with Davy. */
package davy.tests.process;
