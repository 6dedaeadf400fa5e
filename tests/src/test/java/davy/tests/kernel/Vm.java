package davy.tests.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One emulated machine, from its start to the end of what it has to say. */
final class Vm implements AutoCloseable {

  private static final Pattern PL061 = Pattern.compile("/(\\S+) \\(pl061\\)");
  private static final String PI_PINS = "/machine/soc/peripherals/gpio";

  /** The relay's pin as the chip's registers have it. */
  record Pin(boolean driven, boolean high) {}

  private final Process qemu;
  private final SocketChannel console;
  private final Qtest qtest;
  private final Chip chip;
  private final Bench bench = new Bench();
  private final SlaveOnSocket slave;
  private final List<String> results = new ArrayList<>();

  private Pin beforeTheKill = new Pin(false, false);
  private Pin afterTheKill = new Pin(false, false);

  /**
   * @param scratch an empty folder with a short name, for sockets
   * @param kernel more words for the kernel's command line
   */
  Vm(Model model, Path machine, Path image, Path scratch, String kernel) throws IOException {
    try (ServerSocketChannel consoles = listen(scratch.resolve("console"));
        ServerSocketChannel buses = listen(scratch.resolve("bus"));
        ServerSocketChannel qtests = listen(scratch.resolve("qtest"))) {
      qemu =
          new ProcessBuilder(model.command(machine, image, scratch, kernel))
              .redirectErrorStream(true)
              .start();
      console = consoles.accept();
      slave = new SlaveOnSocket(buses.accept());
      qtest = new Qtest(qtests.accept(), bench);
    }
    String device =
        switch (model) {
          case VIRT -> "/machine/unattached/" + found(PL061);
          case RASPI3B -> PI_PINS;
        };
    qtest.watchOutputs(device);
    chip =
        switch (model) {
          case VIRT -> new Chip.Pl061(qtest, device);
          case RASPI3B -> new Chip.Bcm2835(qtest);
        };
  }

  private static ServerSocketChannel listen(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  /** Asks QEMU's monitor for its devices. */
  private String found(Pattern device) throws IOException {
    qemu.outputWriter().append("info qom-tree /machine/unattached\n").flush();
    BufferedReader lines = qemu.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = device.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    throw new IOException("QEMU ended without " + device);
  }

  /**
   * Answers the guest until it has said its last.
   *
   * @param log gets all that appears on the console
   */
  void run(Path log) throws IOException {
    try (PrintWriter told = new PrintWriter(Files.newBufferedWriter(log));
        BufferedReader lines =
            new BufferedReader(Channels.newReader(console, StandardCharsets.ISO_8859_1));
        PrintWriter answers =
            new PrintWriter(Channels.newWriter(console, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.println(line);
        told.flush();
        if (line.startsWith("?")) {
          answers.print(answer(line.substring(1).strip()) + "\n");
          answers.flush();
        } else if (line.equals("!off")) {
          return;
        } else if (line.startsWith("!")) {
          result(line.substring(1).strip());
        }
      }
    }
    throw new IOException("the emulated machine ended early; see " + log);
  }

  private String answer(String question) {
    if (question.startsWith("fault ")) {
      slave.faultOnce(question.substring("fault ".length()));
      return "done";
    }
    if (question.equals("driven")) {
      beforeTheKill = relay();
      return "done";
    }
    return bench.answer(chip, question);
  }

  private void result(String text) {
    if (text.startsWith("ended ")) {
      afterTheKill = relay();
    }
    results.add(text);
  }

  private Pin relay() {
    return new Pin(chip.driven(Guest.RELAY), chip.high(Guest.RELAY));
  }

  /** What the guest told under this word, in order, without the word. */
  List<String> results(String word) {
    return results.stream()
        .filter(text -> text.startsWith(word + " "))
        .map(text -> text.substring(word.length() + 1))
        .toList();
  }

  Pin beforeTheKill() {
    return beforeTheKill;
  }

  Pin afterTheKill() {
    return afterTheKill;
  }

  /** What QEMU has cost until now; unlike the time that passed it does not grow with other load. */
  Duration processor() {
    return qemu.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  SlaveOnSocket slave() {
    return slave;
  }

  @Override
  public void close() throws IOException {
    qemu.destroyForcibly().onExit().join();
    console.close();
    qtest.close();
  }
}
