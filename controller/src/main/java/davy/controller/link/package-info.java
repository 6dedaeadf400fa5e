/**
 * The unix sockets between the interlock and everything else, both ends. What travels on them is
 * documented in {@code deploy/docs/seam.md}.
 *
 * <p>Interlock end: {@link davy.controller.link.LinkServer}. The scan only stores references
 * (published snapshot, answers) and empties {@link davy.controller.link.RequestQueue}; it never
 * waits, locks or writes here. Threads: {@code davy-status}, {@code davy-panel-socket}, {@code
 * davy-uplink-socket} and {@code davy-pin}, all of lowest priority. Whatever a peer sends ends at
 * its own connection: no input of a peer ends the process. Station end: {@link
 * davy.controller.link.LinkClient}.
 *
 * <p>Never here: network sockets, decisions, a path from a request to a permit. Requests that
 * loosen are checked for nonce, person and PIN, and then still only handed to the interlock, which
 * waits for the consent key (S4).
 */
package davy.controller.link;
