package davy.controller;

import davy.hal.Agent;
import davy.hal.posix.RealTime;
import java.io.IOException;
import org.tinylog.Logger;

/**
 * What the interlock asks of the kernel. A refusal is a warning: {@code davy doctor} says what to
 * change.
 */
final class Privilege {

  private Privilege() {}

  /**
   * Ahead of all other threads of this process: under the unit's FIFO policy those would otherwise
   * keep a core for as long as they like, a PIN's slow hash for half a second.
   */
  static void raise(Agent agent, int priority) {
    try {
      RealTime.fifo(priority);
    } catch (IOException refused) {
      Logger.warn("{}: no real-time priority: {}", agent.name(), refused.getMessage());
    }
  }

  /** So that no page of the program has to come back from a slow disk first. */
  static void lockMemory() {
    try {
      RealTime.lockMemory();
    } catch (IOException refused) {
      Logger.warn("memory is not locked: {}", refused.getMessage());
    }
  }
}
