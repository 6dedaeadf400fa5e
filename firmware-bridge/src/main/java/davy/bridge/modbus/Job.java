package davy.bridge.modbus;

import davy.hal.signal.Permit;

/** One transaction that the schedule wants. */
sealed interface Job {

  /** Index of the slave in the line's plan. */
  int slave();

  /** A block of a slave's device map. */
  record Poll(int slave, int block) implements Job {}

  /** The coils of a board, as it sees them itself. */
  record ReadBack(int slave) implements Job {}

  /**
   * A coil's level.
   *
   * @param coil index among all coils in use on the line
   */
  record Write(int slave, int coil, Permit permit) implements Job {}
}
