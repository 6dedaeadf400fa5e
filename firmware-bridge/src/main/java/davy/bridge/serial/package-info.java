/**
 * Serial ports: jSSC opens and configures them, our own poll(2), read and write move the bytes, so
 * that a wait is bounded and costs nothing and an unplugged adapter is seen at once.
 */
package davy.bridge.serial;
