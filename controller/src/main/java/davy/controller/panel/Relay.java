package davy.controller.panel;

import java.util.Map;

/** The way from the panel to the interlock, which alone judges what it is asked. */
public interface Relay {

  /** Why no frames arrive, for people; of interest only while none does. */
  String trouble();

  /** Asks for a trip; waits for the answer line. */
  String trip(String zone, String person);

  /**
   * Asks for anything else that a person signs with a PIN; waits for the answer line.
   *
   * @param kind of request, as {@code deploy/docs/seam.md} lists them
   * @param fields what the page sent, a nonce of the frame that the person saw among them
   */
  String ask(String kind, Map<String, String> fields);
}
