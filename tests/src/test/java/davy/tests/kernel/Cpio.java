package davy.tests.kernel;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes an initramfs: a cpio archive of the "newc" kind, as the kernel unpacks it at start. */
final class Cpio implements AutoCloseable {

  private static final int FOLDER = 040755;
  private static final int FILE = 0100644;
  private static final int PROGRAM = 0100755;
  private static final int DEVICE = 020600;
  private static final int WORD = 4;

  private final OutputStream out;
  private final Set<String> folders = new HashSet<>();
  private int number;

  Cpio(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** A character device. */
  void device(String name, int major, int minor) throws IOException {
    parents(name);
    entry(name, DEVICE, new byte[0], major, minor);
  }

  /** A program with this text. */
  void program(String name, String text) throws IOException {
    parents(name);
    entry(name, PROGRAM, text.getBytes(StandardCharsets.UTF_8), 0, 0);
  }

  /**
   * A file, or a folder with all that is in it.
   *
   * @param name without a slash before it
   */
  void add(Path source, String name) throws IOException {
    parents(name);
    if (Files.isDirectory(source)) {
      folder(name);
      for (Path child : children(source)) {
        add(child, name + "/" + child.getFileName());
      }
    } else {
      int mode = Files.isExecutable(source) ? PROGRAM : FILE;
      entry(name, mode, Files.readAllBytes(source), 0, 0);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private void parents(String name) throws IOException {
    int slash = name.lastIndexOf('/');
    if (slash > 0) {
      parents(name.substring(0, slash));
      folder(name.substring(0, slash));
    }
  }

  private void folder(String name) throws IOException {
    if (folders.add(name)) {
      entry(name, FOLDER, new byte[0], 0, 0);
    }
  }

  /** Inode, mode, owner, group, links, time, size, device, device it stands for, name, check. */
  private void entry(String name, int mode, byte[] data, int major, int minor) throws IOException {
    number++;
    byte[] head =
        "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0"
            .formatted(
                number,
                mode,
                0,
                0,
                1,
                0,
                data.length,
                0,
                0,
                major,
                minor,
                name.length() + 1,
                0,
                name)
            .getBytes(StandardCharsets.US_ASCII);
    padded(head);
    padded(data);
  }

  private void padded(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(new byte[(WORD - bytes.length % WORD) % WORD]);
  }

  @Override
  public void close() throws IOException {
    entry("TRAILER!!!", 0, new byte[0], 0, 0);
    out.close();
  }
}
