/**
 * One JSON object a line, in both directions: the form of the seam's sockets, the journal and the
 * demo's pipes.
 *
 * <p>Pure; any thread. Values are String, Long, Double, Boolean, List and Map; an absent field is
 * absent, and a JSON null is read as absent, so that no {@code null} crosses a method.
 */
package davy.controller.json;
