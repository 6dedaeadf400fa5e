package davy.tests.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Programs in C that are measured beside ours. */
final class Program {

  private Program() {}

  /** Compiles {@code src/test/c/NAME.c}, with libmodbus at hand. */
  static Path compile(String name, Path folder) throws IOException, InterruptedException {
    Path program = folder.resolve(name);
    Path source = Path.of("src/test/c", name + ".c").toAbsolutePath();
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-O2",
                "-Wall",
                "-Werror",
                "-I/usr/include/modbus",
                "-o",
                program.toString(),
                source.toString(),
                "-lmodbus")
            .inheritIO()
            .start();
    if (gcc.waitFor() != 0) {
      throw new IOException("needs the packages gcc and libmodbus-dev");
    }
    return program;
  }
}
