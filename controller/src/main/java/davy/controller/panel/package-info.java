/**
 * The page for the people at the face: one glance tells which zones are dead and why, what each
 * sensor reads and how old that is.
 *
 * <p>Part of the station, never of the interlock. Every request runs on a virtual thread of its
 * own; a viewer that does not read blocks only its own thread, and holds no frames: there is one
 * latest frame for all. The page can ask for a trip; a reset it only passes on, the interlock
 * judges it. It shows a value as present only while frames arrive, by the browser's own clock too.
 */
package davy.controller.panel;
