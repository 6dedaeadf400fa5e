package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.Optional;

/** What people at the panel may ask. Nothing here can grant power by itself. */
public sealed interface Request {

  long id();

  int zone();

  /** Accepted in every state, from anyone who reaches the panel. */
  record PanelTrip(long id, int zone, String person) implements Request {}

  /**
   * A reset: takes effect only on a press of the consent key, and after its record is on disk.
   *
   * @param portable what the person read on a portable instrument, for OVER_RANGE of a catalytic
   *     head (S17)
   */
  record Reset(long id, int zone, String person, Optional<Methane> portable) implements Request {}
}
