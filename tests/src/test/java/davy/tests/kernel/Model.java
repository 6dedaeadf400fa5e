package davy.tests.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The emulated boards: how QEMU is told, and what the kernel calls their parts. */
enum Model {

  /** Its second serial port is a 16550A on the PCI bus; the first, a PL011, is the console. */
  VIRT("9030000.pl061", 8, "/dev/ttyS0", "serial", "ttyAMA0") {
    @Override
    List<String> hardware(Path machine) {
      return List.of(
          "-M",
          "virt",
          "-cpu",
          "cortex-a53",
          "-smp",
          "2",
          "-m",
          "1024",
          "-accel",
          "tcg,thread=multi",
          "-serial",
          "chardev:console",
          "-device",
          "pci-serial,chardev=bus");
    }
  },

  /** Its PL011 is the bus, the mini UART the console; one thread, for idle cores spin at start. */
  RASPI3B("pinctrl-bcm2835", 54, "/dev/ttyAMA0", "uart-pl011", "ttyS1,115200") {
    @Override
    List<String> hardware(Path machine) {
      return List.of(
          "-M",
          "raspi3b",
          "-accel",
          "tcg,thread=single",
          "-dtb",
          machine.resolve("raspi3b.dtb").toString(),
          "-serial",
          "chardev:bus",
          "-serial",
          "chardev:console");
    }
  };

  private final String label;
  private final int lines;
  private final String port;
  private final String driver;
  private final String console;

  Model(String label, int lines, String port, String driver, String console) {
    this.label = label;
    this.lines = lines;
    this.port = port;
    this.driver = driver;
    this.console = console;
  }

  /** Of its GPIO chip, as the kernel gives it. */
  String label() {
    return label;
  }

  /** Of its GPIO chip. */
  int lines() {
    return lines;
  }

  /** The device file of the serial port that is the bus. */
  String port() {
    return port;
  }

  /** The kernel's driver of that port. */
  String driver() {
    return driver;
  }

  abstract List<String> hardware(Path machine);

  /**
   * The whole command. QEMU connects to sockets that are there already: console, bus and qtest.
   *
   * @param kernel more words for the kernel's command line
   */
  List<String> command(Path machine, Path image, Path sockets, String kernel) {
    Stream<String> common =
        Stream.of(
            "-nodefaults",
            "-display",
            "none",
            "-no-reboot",
            "-monitor",
            "stdio",
            "-chardev",
            "socket,id=console,path=" + sockets.resolve("console"),
            "-chardev",
            "socket,id=bus,path=" + sockets.resolve("bus"),
            "-qtest",
            "unix:" + sockets.resolve("qtest"),
            "-qtest-log",
            "none",
            "-kernel",
            machine.resolve("vmlinuz").toString(),
            "-initrd",
            image.toString(),
            "-append",
            "console=" + console + " loglevel=1 panic=-1 " + kernel);
    return Stream.of(Stream.of("qemu-system-aarch64"), common, hardware(machine).stream())
        .flatMap(words -> words)
        .toList();
  }
}
