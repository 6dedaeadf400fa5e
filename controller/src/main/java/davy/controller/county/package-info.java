/**
 * The county's end of the evidence stream, for proof and to be copied by whoever builds a platform:
 * {@code deploy/docs/mqtt.md} describes the protocol, {@link davy.controller.county.Receiver} is
 * one station's side of it, without any network or store of its own.
 *
 * <p>Never on the interlock's path.
 */
package davy.controller.county;
