package davy.controller.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Java's start-up cache of the interlock, as {@code bin/davy cache} makes it. Java up to 25.0.3
 * takes a cache whose jars have changed since, and runs the code that they had then (JDK-8377932);
 * so beside the cache stands what it was made of, and only one that fits is used.
 *
 * @param home Davy's own folder, as it is installed
 */
public record StartCache(Path home) {

  /** The cache itself, whether there is one or not. */
  public Path file() {
    return home.resolve("lib/interlock.aot");
  }

  /**
   * The cache, where there is one and it was made of the present jars.
   *
   * @throws IOException when a jar can't be read
   */
  public Optional<Path> fitting() throws IOException {
    Path madeOf = home.resolve("lib/interlock.aot.of");
    return Files.isReadable(file())
            && Files.isReadable(madeOf)
            && Files.readString(madeOf).strip().equals(digest())
        ? Optional.of(file())
        : Optional.empty();
  }

  /** SHA-256 of all jars, one after the other in the order of their names. */
  private String digest() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
    try (Stream<Path> folder = Files.list(home.resolve("lib/interlock"))) {
      List<Path> jars = folder.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      for (Path jar : jars) {
        digest.update(Files.readAllBytes(jar));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
