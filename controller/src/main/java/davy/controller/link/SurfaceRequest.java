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
}
