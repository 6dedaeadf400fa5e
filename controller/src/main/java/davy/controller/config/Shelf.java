package davy.controller.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one kind that a site may name: those that come with Davy, listed in {@code
 * index.txt} of a folder of the class path, and those that the site adds.
 */
final class Shelf {

  /**
   * @param file as a person would name it
   */
  record Text(String file, String text) {}

  private final Map<String, Text> texts = new TreeMap<>();

  private Shelf() {}

  /** What comes with Davy, {@code folder} being {@code davy/profiles} or {@code davy/maps}. */
  static Shelf builtIn(String folder) {
    Shelf shelf = new Shelf();
    for (String name : resource(folder + "/index.txt").lines().toList()) {
      String file = folder + "/" + name + ".toml";
      shelf.texts.put(name, new Text(file, resource(file)));
    }
    return shelf;
  }

  /** False, and nothing added, where the name is taken. */
  boolean add(String name, Text text) {
    return texts.putIfAbsent(name, text) == null;
  }

  Optional<Text> find(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  /** In alphabetical order. */
  List<String> names() {
    return List.copyOf(texts.keySet());
  }

  private static String resource(String path) {
    try (InputStream in = Shelf.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from Davy's own class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
