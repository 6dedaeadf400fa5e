package davy.controller.link;

import java.util.Optional;

/** What may be said on {@code panel.sock}. */
public sealed interface PanelRequest {

  /** Needs nothing but a zone. */
  record Trip(String zone, String person) implements PanelRequest {}

  /**
   * Asked by a named person, or by two, each with a PIN.
   *
   * @param nonce of a status frame younger than 5 s, not used before
   */
  record Signed(Signature by, Optional<Signature> second, String nonce, Wish wish)
      implements PanelRequest {}

  /** Why a zone has power or has not: looks only, is not journalled. */
  record Why(String zone) implements PanelRequest {}

  /** The station is there: sent every second, asks for nothing, is not journalled. */
  record Alive() implements PanelRequest {}

  /** Who asks. */
  record Signature(String person, String pin) {

    /** Without the PIN, so that no log can hold it. */
    @Override
    public String toString() {
      return "Signature[person=" + person + "]";
    }
  }
}
