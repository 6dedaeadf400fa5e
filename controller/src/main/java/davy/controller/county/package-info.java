/**
 * The county's end of the evidence stream, for proof and to be copied by whoever builds a platform:
 * {@code deploy/docs/mqtt.md} describes the protocol, {@link davy.controller.county.Receiver} is
 * one station's side of it and {@link davy.controller.county.Receivers} that of many, without any
 * network or store of their own.
 *
 * <p>{@link davy.controller.county.CountyOffice} is the program {@code davy county}: one thread
 * takes what the MQTT library heard, lets the receivers check it into a {@code Batch}, writes that
 * in one transaction, and only then answers. {@link davy.controller.county.CountyBook} reads what
 * stands in the data base. {@code deploy/docs/county.md} is their page.
 *
 * <p>Never on the interlock's path, nor on the station's: the data base's driver is on the class
 * path of the county alone. Nothing here can give power back or cut it.
 */
package davy.controller.county;
