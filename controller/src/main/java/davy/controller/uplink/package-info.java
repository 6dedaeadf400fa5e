/**
 * The way up, over MQTT 5 and two connections: the present (status, definitions, trips) and the
 * evidence (the journal's records in order). Topics and payloads: {@code deploy/docs/mqtt.md}.
 *
 * <p>Threads: {@code davy-uplink} and {@code davy-evidence}, one a connection; each owns its talk,
 * others only leave a frame where it looks. {@code davy-patrol} goes through the journal's files.
 * Each attempt has a client of its own, because the library's clients can't be trusted after a
 * fault. Nothing is queued: the status is the latest one, the journal's files are the outbox, and
 * at most {@link davy.controller.uplink.BrokerLink#WINDOW} messages are on their way. Runs in the
 * station; the interlock does not know of it.
 *
 * <p>Never here: a decision. What comes down is an acknowledgement, a wish for records, or bytes
 * for the interlock to judge.
 */
package davy.controller.uplink;
