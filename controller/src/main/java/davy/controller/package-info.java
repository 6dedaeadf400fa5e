/**
 * The programs of the daemon: each main class composes its process and does nothing else.
 *
 * <p>The interlock is the safety process. It speaks over no network and has no network library on
 * its class path.
 */
package davy.controller;
