package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.config.Site;
import davy.controller.sparkplug.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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
    server = identity("server", "IP:127.0.0.1");
    station = identity("station", "DNS:station");
  }

  @AfterEach
  void leaveNothingRunning() {
    ClientThreads.awaitNone();
  }

  /** A self-signed certificate and its PKCS#8 key. */
  private record Identity(Path certificate, Path key) {}

  private Identity identity(String name, String alternative) throws Exception {
    Identity made = new Identity(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    String subject = "-nodes -days 2 -subj /CN=" + name + " -addext subjectAltName=" + alternative;
    String curve = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 ";
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of((curve + subject).split(" ")));
    command.addAll(List.of("-keyout", made.key().toString(), "-out"));
    command.add(made.certificate().toString());
    Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, openssl.waitFor(), said);
    return made;
  }

  private Mosquitto broker(String list, int plainPort) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));
    Path access = Files.writeString(folder.resolve("access"), list);
    Files.setPosixFilePermissions(access, PosixFilePermissions.fromString("rw-r--r--"));
    Mosquitto broker =
        new Mosquitto(
            folder,
            """
        cafile %s
        certfile %s
        keyfile %s
        require_certificate true
        use_identity_as_username true
        acl_file %s
        listener %d 127.0.0.1
        """
                .formatted(
                    station.certificate(), server.certificate(), server.key(), access, plainPort));
    await("the second listener", () -> listens(plainPort));
    return broker;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Node node(Mosquitto broker) {
    return new Node(
        folder,
        new Site.Broker(
            "ssl://127.0.0.1:" + broker.port(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(server.certificate()),
            Optional.of(station.certificate()),
            Optional.of(station.key()),
            5),
        Optional.of("SCADA-1"),
        0);
  }

  @Test
  void theDocumentedAccessListIsEnough() throws Exception {
    int plain = Mosquitto.freePort();
    try (Mosquitto broker = broker(LIST, plain);
        Scada scada = new Scada(plain)) {
      scada.state("SCADA-1", true, 1);
      try (Node node = node(broker)) {
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
        Node node = node(broker)) {
      await("the reason", () -> node.trouble().contains("refuses messages"));
    }
  }
}
