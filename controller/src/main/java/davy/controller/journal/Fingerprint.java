package davy.controller.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a device's public key is named: SHA-256 of its X.509 form, 64 hex digits. */
public final class Fingerprint {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");

  private Fingerprint() {}

  static String of(PublicKey key) {
    return HexFormat.of().formatHex(Seal.digest().digest(key.getEncoded()));
  }

  /**
   * A key as a person names it: its fingerprint (colons and spaces are passed over), or a file that
   * holds it as PEM or as plain base64.
   *
   * @throws IOException when it is neither
   */
  public static String named(String text) throws IOException {
    String hex = text.toLowerCase(Locale.ROOT).replaceAll("[: ]", "");
    if (HEX.matcher(hex).matches()) {
      return hex;
    }
    Path file = Path.of(text);
    if (!Files.isReadable(file)) {
      throw new IOException(text + " is neither a fingerprint of 64 hex digits nor a file");
    }
    String content = Files.readString(file, StandardCharsets.US_ASCII);
    Matcher pem = PEM.matcher(content);
    String base64 = (pem.find() ? pem.group(1) : content).replaceAll("\\s", "");
    Optional<PublicKey> key = DeviceKey.publicKey(base64);
    return key.map(Fingerprint::of)
        .orElseThrow(() -> new IOException(text + " holds no Ed25519 public key"));
  }
}
