package davy.controller.journal;

/**
 * The configuration that two persons accepted last (S18).
 *
 * @param digest of all of it; empty where none was accepted yet
 * @param text of its site file
 */
public record Accepted(String digest, String text) {
  static final Accepted NONE = new Accepted("", "");
}
