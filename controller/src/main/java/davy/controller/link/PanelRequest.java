package davy.controller.link;

import davy.hal.signal.Methane;
import java.util.Optional;

/** What may be said on {@code panel.sock}. */
public sealed interface PanelRequest {

  /** Needs nothing but a zone. */
  record Trip(String zone, String person) implements PanelRequest {}

  /**
   * @param nonce of a status frame younger than 5 s, not used before
   * @param portable reading of a portable instrument, where OVER_RANGE is to be released (S17)
   */
  record Reset(String zone, String person, String pin, String nonce, Optional<Methane> portable)
      implements PanelRequest {

    /** Without the PIN, so that no log can hold it. */
    @Override
    public String toString() {
      return "Reset[zone=" + zone + ", person=" + person + "]";
    }
  }

  /** The station is there: sent every second, asks for nothing, is not journalled. */
  record Alive() implements PanelRequest {}
}
