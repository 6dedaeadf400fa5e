/**
 * The way up: one retained status, one retained set of definitions, and the journal's records in
 * order, over MQTT 5. Topics and payloads: {@code deploy/docs/mqtt.md}.
 *
 * <p>Thread: {@code davy-uplink} owns everything; others only leave a frame where it looks. Each
 * attempt has a client of its own, because the library's clients can't be trusted after a fault.
 * Nothing is queued: the status is the latest one, the journal's files are the outbox, and at most
 * {@link davy.controller.uplink.BrokerLink#WINDOW} messages are on their way. Runs in the station;
 * the interlock does not know of it.
 *
 * <p>Never here: a way down. In this slice nothing is subscribed to.
 */
package davy.controller.uplink;
