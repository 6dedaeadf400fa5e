package davy.hal.signal;

/** Our answer for one zone. {@code WITHHELD} is the zero of the type. */
public enum Permit {
  WITHHELD,
  GRANTED
}
