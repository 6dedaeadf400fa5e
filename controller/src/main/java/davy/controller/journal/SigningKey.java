package davy.controller.journal;

/** What signs checkpoints. May be slow: only the {@link Signer}'s thread waits for it. */
interface SigningKey {

  /** X.509 form of the public half, base64. */
  String publicKey();

  /** SHA-256 of that form, 64 hex digits: what a person compares. */
  String fingerprint();

  byte[] sign(byte[] statement);
}
