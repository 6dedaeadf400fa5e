package davy.tests.firmware;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the firmware's own makefile. Used by benchmarks too, which have no JUnit. */
public final class Firmware {

  /** Where everything is built. */
  public static final Path OUT = Path.of("target/guard").toAbsolutePath();

  private static final Path SOURCES = Path.of("../firmware-bridge/guard-firmware");

  private Firmware() {}

  /**
   * The command that emulates the board, its UART a pseudo-terminal, its monitor on standard input
   * and output.
   *
   * @param probe the socket of a probe to make
   */
  public static List<String> emulator(Path elf, Path probe) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("qemu-system-arm", "-M", "lm3s6965evb", "-kernel", elf.toString()));
    command.addAll(List.of("-display", "none", "-nodefaults", "-audiodev", "none,id=a0"));
    command.addAll(List.of("-serial", "pty", "-monitor", "stdio", "-qtest-log", "none"));
    command.addAll(List.of("-qtest", "unix:" + probe + ",server=on,wait=off"));
    return List.copyOf(command);
  }

  /**
   * The running emulator stands for a processor of its own: it gets real-time priority where this
   * user may give it. It takes little, for the firmware rests between its rounds.
   */
  public static void raise(Process emulator) throws Exception {
    String pid = Long.toString(emulator.pid());
    new ProcessBuilder("chrt", "--all-tasks", "--fifo", "--pid", "45", pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Makes the targets; returns, and prints, what they said. */
  public static String make(String... targets) throws Exception {
    List<String> command = new ArrayList<>(List.of("make", "-s", "OUT=" + OUT));
    command.addAll(List.of(targets));
    Process make =
        new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true).start();
    make.getOutputStream().close();
    String words = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.print(words);
    succeeded(make, "make " + String.join(" ", targets) + ": " + words);
    return words;
  }

  /** Compiles one of the tests' own C sources to a library that is loaded before the others. */
  static Path library(Path folder, String name) throws Exception {
    Path library = folder.resolve(name + ".so");
    String source = Path.of("src/test/c", name + ".c").toString();
    String flags = "-std=c11 -O1 -Wall -Wextra -Werror -shared -fPIC";
    List<String> command = new ArrayList<>(List.of("gcc"));
    command.addAll(List.of(flags.split(" ")));
    command.addAll(List.of("-o", library.toString(), source, "-ldl"));
    succeeded(new ProcessBuilder(command).inheritIO().start(), source);
    return library;
  }

  private static void succeeded(Process compiler, String what) throws InterruptedException {
    int code = compiler.waitFor();
    if (code != 0) {
      throw new AssertionError("exit " + code + ": " + what);
    }
  }

  /** Whether clang can link what libFuzzer brings along. */
  static boolean hasLibFuzzer() throws Exception {
    return has("clang")
        && new ProcessBuilder(
                    "sh",
                    "-c",
                    "ls /usr/lib/llvm-*/lib/clang/*/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1")
                .start()
                .waitFor()
            == 0;
  }

  /** Whether a program is on the path. */
  public static boolean has(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v \"$1\"", "sh", program)
            .redirectErrorStream(true)
            .start()
            .waitFor()
        == 0;
  }
}
