package davy.controller.panel;

/** The way from the panel to the interlock, which alone judges what it is asked. */
public interface Relay {

  /** Why no frames arrive, for people; of interest only while none does. */
  String trouble();

  /** Asks for a trip; waits for the answer line. */
  String trip(String zone, String person);

  /**
   * Asks for a reset; waits for the answer line.
   *
   * @param nonce of the frame the person saw
   * @param portable a portable instrument's reading, {@code "0.60"}, or empty
   */
  String reset(String zone, String person, String pin, String nonce, String portable);
}
