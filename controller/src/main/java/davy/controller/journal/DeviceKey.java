package davy.controller.journal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This device's Ed25519 key: made at the first start, kept in a file that only the interlock's user
 * can read, and never anywhere else. Who has it can forge the journal; who has only the disk
 * without it can't.
 *
 * <p>The file holds both halves as PEM, the private one as PKCS#8. A file that is there and can't
 * be used is left as it is: the interlock runs on, unsigned, and says so.
 */
final class DeviceKey implements SigningKey {

  static final String FILE = "device.key";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey secret;
  private final String publicKey;
  private final String fingerprint;

  private DeviceKey(PrivateKey secret, PublicKey open) {
    this.secret = secret;
    this.publicKey = Base64.getEncoder().encodeToString(open.getEncoded());
    this.fingerprint = Fingerprint.of(open);
  }

  /**
   * Reads the key, or makes one where there is none.
   *
   * @param folder the interlock's own; made (0750) if need be
   * @throws IOException when it can't be used; the message says why and what to do
   */
  static DeviceKey open(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
      }
      return Files.exists(file) ? read(file) : make(file);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no device key: " + e.getMessage(), e);
    }
  }

  private static DeviceKey read(Path file) throws IOException, GeneralSecurityException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(mode)) {
      throw new IOException(
          file
              + " is open to others ("
              + PosixFilePermissions.toString(mode)
              + "): it proves nothing any more; see what may have been signed with it, move it away"
              + " and start again, which makes a new one");
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
    PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(part(text, "PRIVATE KEY")));
    PublicKey open = factory.generatePublic(new X509EncodedKeySpec(part(text, "PUBLIC KEY")));
    DeviceKey key = new DeviceKey(secret, open);
    byte[] trial = "davy".getBytes(StandardCharsets.US_ASCII);
    if (!Checkpoint.fits(open, trial, key.sign(trial))) {
      throw new GeneralSecurityException("its two halves do not belong together");
    }
    return key;
  }

  private static byte[] part(String text, String name) throws GeneralSecurityException {
    Matcher pem =
        Pattern.compile("-----BEGIN " + name + "-----([^-]+)-----END " + name + "-----")
            .matcher(text);
    if (!pem.find()) {
      throw new GeneralSecurityException("no " + name + " in it");
    }
    try {
      return Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("its " + name + " is not base64", e);
    }
  }

  /** On disk, and its name too, before anything is signed with it. */
  private static DeviceKey make(Path file) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    String text =
        pem("PRIVATE KEY", pair.getPrivate().getEncoded())
            + pem("PUBLIC KEY", pair.getPublic().getEncoded());
    Path fresh = file.resolveSibling(FILE + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    }
    return new DeviceKey(pair.getPrivate(), pair.getPublic());
  }

  private static String pem(String name, byte[] encoded) {
    String base64 = Base64.getEncoder().encodeToString(encoded);
    return "-----BEGIN " + name + "-----\n" + base64 + "\n-----END " + name + "-----\n";
  }

  @Override
  public String publicKey() {
    return publicKey;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public byte[] sign(byte[] statement) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(statement);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform signs with Ed25519", e);
    }
  }

  /** The key of a text in X.509 form, base64; empty where it is none. */
  static Optional<PublicKey> publicKey(String base64) {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return Optional.of(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
