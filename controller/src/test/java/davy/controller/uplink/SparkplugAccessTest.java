package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.sparkplug.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The edge node at a broker with TLS, certificates on both sides and the documented access list.
 */
class SparkplugAccessTest {

  /** As {@code deploy/docs/sparkplug.md} has it; hosts here may do anything. */
  private static final String LIST =
      """
      topic readwrite #
      user station
      topic write spBv1.0/410403004688/+/00001
      topic write spBv1.0/410403004688/+/00001/+
      topic write davy/v1/410403004688/00001/sparkplug
      topic read spBv1.0/410403004688/NCMD/00001
      topic read spBv1.0/410403004688/DCMD/00001/+
      topic read spBv1.0/410403004688/NDEATH/00001
      topic read spBv1.0/STATE/SCADA-1
      """;

  @TempDir Path folder;
  private Identity server;
  private Identity station;

  @BeforeEach
  void makeCertificates() throws Exception {
    server = Identity.make(folder, "server", "IP:127.0.0.1");
    station = Identity.make(folder, "station", "DNS:station");
  }

  @AfterEach
  void leaveNothingRunning() {
    ClientThreads.awaitNone();
  }

  private Mosquitto broker(String list, int plainPort) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));
    Path access = Files.writeString(folder.resolve("access"), list);
    Files.setPosixFilePermissions(access, PosixFilePermissions.fromString("rw-r--r--"));
    String more =
        Identity.mutual(server, station)
            + """
            use_identity_as_username true
            acl_file %s
            listener %d 127.0.0.1
            """
                .formatted(access, plainPort);
    Mosquitto broker = new Mosquitto(folder, more);
    await("the second listener", () -> Mosquitto.listensAt(plainPort));
    return broker;
  }

  private Node node(Mosquitto broker, Identity own) {
    return new Node(
        folder, own.broker(broker.port(), server.certificate()), Optional.of("SCADA-1"), 0);
  }

  @Test
  void theDocumentedAccessListIsEnough() throws Exception {
    int plain = Mosquitto.freePort();
    try (Mosquitto broker = broker(LIST, plain);
        Scada scada = new Scada(plain)) {
      scada.state("SCADA-1", true, 1);
      try (Node node = node(broker, station)) {
        await("births", () -> scada.count("DBIRTH") == 5);
        node.show(1, "0.41", true);
        await("data", () -> scada.count("DDATA") == 1);
        scada.publish(Scada.topic("NCMD"), Commands.write("x"), false);
        scada.publish(Scada.topic("DCMD") + "/Zone-Z1", Commands.write("y"), false);
        await("both are heard", () -> node.writes().size() == 2);
        assertEquals("", node.trouble());
      }
      await("the death", () -> scada.count("NDEATH") == 1);
      assertEquals(1, scada.count("NBIRTH"));
    }
  }

  @Test
  void aBrokerThatRefusesWhatWeSayIsNamed() throws Exception {
    int plain = Mosquitto.freePort();
    String without = LIST.replaceAll("(?m)^topic write davy.*\n", "");
    try (Mosquitto broker = broker(without, plain);
        Node node = node(broker, station)) {
      await("the reason", () -> node.trouble().contains("refuses messages"));
    }
  }

  @Test
  void aCertificateThatTheBrokerRefusesUntilItIsReplaced() throws Exception {
    Identity wrong = Identity.make(folder, "wrong", "DNS:station");
    int plain = Mosquitto.freePort();
    try (Mosquitto broker = broker(LIST, plain);
        Scada scada = new Scada(plain)) {
      scada.state("SCADA-1", true, 1);
      try (Node node = node(broker, wrong)) {
        await("it is refused", () -> node.trouble().startsWith("ssl://"));
        node.show(1, "0.41", true);
        assertEquals(0, scada.count("NBIRTH"));
        Files.copy(station.certificate(), wrong.certificate(), REPLACE_EXISTING);
        Files.copy(station.key(), wrong.key(), REPLACE_EXISTING);
        await("births", () -> scada.count("DBIRTH") == 5);
        assertEquals("", node.trouble());
      }
      await("the death", () -> scada.count("NDEATH") == 1);
      long born = scada.heard("NBIRTH").getFirst().bdSeq();
      assertEquals(born, scada.heard("NDEATH").getFirst().bdSeq());
      assertEquals(1, scada.count("NBIRTH"));
    }
  }
}
