package davy.controller.link;

/** What may be said on {@code uplink.sock}. There is no kind that loosens anything. */
public sealed interface SurfaceRequest {

  /**
   * A trip signed by the county; the interlock verifies the signature itself (S21).
   *
   * @param command the signed bytes, base64
   * @param signature base64
   */
  record Trip(String command, String signature) implements SurfaceRequest {}

  /**
   * Somebody at the surface wants to write to this station. Handed over only so that it stands in
   * the journal: it is refused whatever it is.
   *
   * @param metric what was to be written, and where
   * @param more so many others came meanwhile and are counted only
   */
  record Write(String metric, long more) implements SurfaceRequest {}
}
