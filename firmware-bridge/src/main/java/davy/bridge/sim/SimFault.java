package davy.bridge.sim;

/**
 * What can be wrong with a slave's answer. A duplicate address is no fault of one slave: put two
 * slaves with the same address on one bank.
 */
public sealed interface SimFault {

  SimFault NONE = new None();
  SimFault SILENT = new Silent();

  record None() implements SimFault {}

  /** Hears nothing, does nothing, says nothing. */
  record Silent() implements SimFault {}

  /** Answers right, {@code millis} after its usual turn-around. */
  record Late(int millis) implements SimFault {}

  /** One bit of the check is wrong. */
  record WrongCrc() implements SimFault {}

  /** As many random bytes as the right answer has, the same for the same seed. */
  record Garbage(long seed) implements SimFault {}

  /** Only the first bytes of the right answer. */
  record Truncated(int bytes) implements SimFault {}

  /** Refuses every request with this Modbus exception code, 1 to 255. */
  record Refusal(int code) implements SimFault {}

  /** Says again what it said when this began, to every request it had answered by then. */
  record Frozen() implements SimFault {}
}
