package davy.controller.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this build, as the parent pom has it. */
public final class Version {

  private static final String TEXT = read();

  private Version() {}

  /** {@code 0.1.0}, with {@code -SNAPSHOT} before a release. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("/davy/version.txt")) {
      if (in == null) {
        throw new IllegalStateException("davy/version.txt is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
