package davy.tests.planted;

import davy.hal.signal.Feed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A class loader in which the interlock carries one bug. Davy's other classes are loaded anew as
 * well, so that they link to it; the signals of {@code hal} and the libraries stay as they are.
 */
final class Greenhouse extends ClassLoader {

  private static final String INTERLOCK = "davy.controller.interlock.";
  private static final Path SOURCES =
      Path.of("../controller/src/main/java/davy/controller/interlock");

  private final Map<String, byte[]> planted;

  private Greenhouse(Map<String, byte[]> planted) {
    super(Greenhouse.class.getClassLoader());
    this.planted = planted;
  }

  /** The file of a bug with the bug in it. */
  static String source(Bug bug) throws IOException {
    return bug.plantedIn(Files.readString(SOURCES.resolve(bug.file())));
  }

  static Greenhouse with(Bug bug) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        sources.add(new Source(name, name.equals(bug.file()) ? bug.plantedIn(text) : text));
      }
    }
    return new Greenhouse(compiled(bug, sources));
  }

  /** Puts the classes with the bug into a folder that may come first on a class path. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> type : planted.entrySet()) {
      Path file = folder.resolve(type.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, type.getValue());
    }
  }

  private static Map<String, byte[]> compiled(Bug bug, List<JavaFileObject> sources)
      throws IOException {
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    String hal = Path.of(location(Feed.class)).toString();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      var memory = new Memory(standard, classes);
      List<String> options = List.of("-cp", hal, "-proc:none", "-nowarn");
      if (!compiler.getTask(complaints, memory, null, options, null, sources).call()) {
        throw new IllegalStateException(bug.name() + " does not compile: " + complaints);
      }
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
    return bytes;
  }

  private static URI location(Class<?> type) {
    return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("davy.controller.") && !name.startsWith("davy.tests.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = name.startsWith(INTERLOCK) ? planted.get(name) : read(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** One source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + INTERLOCK.replace('.', '/') + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Where the compiler puts what it made. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager standard, Map<String, ByteArrayOutputStream> classes) {
      super(standard);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
