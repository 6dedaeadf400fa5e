package davy.controller.doctor;

import static davy.controller.doctor.Patient.assertSays;
import static davy.controller.doctor.Patient.worst;
import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters as the files of a machine show them. */
final class SerialExamTest {

  private static final String BY_PATH = "/dev/serial/by-path/socket-1";
  private static final String BY_ID = "/dev/serial/by-id/usb-FTDI_A1";
  private static final String TIMER = "/sys/class/tty/ttyUSB0/device/latency_timer";

  /** Of the example heading's three lines. */
  private static final String PORTS = "/dev/serial/by-path/platform-fd500000.pcie-usb-0:1.";

  @TempDir Path root;
  private Patient patient;
  private boolean mayUse = true;

  @BeforeEach
  void admits() {
    patient = new Patient(root);
  }

  private SerialExam exam() {
    return new SerialExam(patient.machine(), _ -> mayUse);
  }

  private List<Finding> look() {
    return exam().look(Optional.empty());
  }

  /** The heading as a bench, its first port under another name; the other two are good. */
  private List<Finding> lookAtHeading(String firstPort) throws IOException {
    for (int socket = 2; socket <= 3; socket++) {
      String port = PORTS + socket + ":1.0-port0";
      if (!Files.exists(patient.at(port))) {
        patient.file("/dev/ttyUSB" + socket, "");
        patient.link(port, "/dev/ttyUSB" + socket);
      }
    }
    return exam().look(Optional.of(patient.heading(PORTS + "1:1.0-port0", firstPort)));
  }

  private void adapter(String latency) throws IOException {
    patient.file("/dev/ttyUSB0", "");
    patient.file(TIMER, latency);
    patient.link(BY_PATH, "/dev/ttyUSB0");
  }

  @Test
  void anAdapterThatHoldsBytesBackIsWrong() throws IOException {
    adapter("16");
    assertSays(look(), Grade.GOOD, BY_PATH + ": ttyUSB0");
    assertSays(look(), Grade.WRONG, "holds bytes back for 16 ms");
    patient.file(TIMER, "2");
    assertSays(look(), Grade.WRONG, "holds bytes back for 2 ms");
    patient.file(TIMER, "unknown");
    assertSays(look(), Grade.WRONG, "holds bytes back for unknown ms");
    patient.file(TIMER, "1");
    assertSays(look(), Grade.GOOD, "holds bytes back for 1 ms");
    assertEquals(Grade.GOOD, worst(look()));
  }

  /** As a kernel from 6.5 on shows a UART of its own: port, controller, device. */
  @Test
  void theDriverOfAUartIsItsOwnAndNotTheSerialCores() throws IOException {
    Path uart = root.resolve("sys/devices/uart");
    Path port = Files.createDirectories(uart.resolve("ctrl/port"));
    Files.createSymbolicLink(uart.resolve("driver"), root.resolve("sys/bus/amba/uart-pl011"));
    Files.createSymbolicLink(port.resolve("../driver"), root.resolve("sys/bus/base/ctrl"));
    Files.createSymbolicLink(port.resolve("driver"), root.resolve("sys/bus/base/port"));
    Path tty = Files.createDirectories(root.resolve("sys/class/tty/ttyAMA0"));
    Files.createSymbolicLink(tty.resolve("device"), port);
    patient.file("/dev/ttyAMA0", "");
    patient.link(BY_PATH, "/dev/ttyAMA0");
    assertSays(look(), Grade.GOOD, "ttyAMA0, driver uart-pl011");
  }

  @Test
  void aMachineWithoutAdaptersIsToldOf() {
    assertSays(look(), Grade.NOTE, "none with a stable name");
    assertEquals(Grade.NOTE, worst(look()));
  }

  @Test
  void everyAdapterThatThisMachineHasIsToldByEachOfItsStableNames() throws IOException {
    adapter("1");
    patient.link(BY_ID, "/dev/ttyUSB0");
    assertSays(look(), Grade.GOOD, BY_PATH + ": ttyUSB0");
    assertSays(look(), Grade.GOOD, BY_ID + ": ttyUSB0");
  }

  @Test
  void aPortOfTheSiteThatIsNotThereIsWrongAndTheOthersAreLookedAt() throws IOException {
    List<Finding> findings = lookAtHeading(BY_PATH);
    assertSays(findings, Grade.WRONG, BY_PATH + ": is not there");
    assertSays(findings, Grade.GOOD, PORTS + "3:1.0-port0: ttyUSB3");
    patient.link(BY_PATH, "/dev/ttyUSB7");
    assertSays(lookAtHeading(BY_PATH), Grade.WRONG, BY_PATH + ": is not there");
    patient.file("/dev/ttyUSB7", "");
    assertSays(lookAtHeading(BY_PATH), Grade.GOOD, BY_PATH + ": ttyUSB7");
  }

  /** For a real site {@code davy check} refuses such a name before anything is looked at. */
  @Test
  void aNameThatGoesToWhicheverAdapterComesFirstIsWrongButAUartHasItsOwn() throws IOException {
    patient.file("/dev/ttyUSB0", "");
    patient.file("/dev/ttyACM0", "");
    patient.file("/dev/ttyAMA0", "");
    assertSays(lookAtHeading("/dev/ttyUSB0"), Grade.WRONG, "its name goes to whichever adapter");
    assertSays(lookAtHeading("/dev/ttyACM0"), Grade.WRONG, "its name goes to whichever adapter");
    assertEquals(Grade.GOOD, worst(lookAtHeading("/dev/ttyAMA0")));
  }

  @Test
  void aPortThatThisUserMayNotUseIsWrong() throws IOException {
    adapter("1");
    mayUse = false;
    assertSays(look(), Grade.WRONG, BY_PATH + ": this user may not use it");
  }
}
