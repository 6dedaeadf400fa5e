package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates on both sides, against a real broker that asks for ours. */
class BrokerTlsTest {

  private static final BrokerLink.Will WILL = new BrokerLink.Will("t", "gone");

  @TempDir Path folder;

  @AfterEach
  void leaveNothingRunning() {
    ClientThreads.awaitNone();
  }

  private Identity identity(String name, String subjectAlternative) throws Exception {
    return Identity.make(folder, name, subjectAlternative);
  }

  private Mosquitto broker(Identity server, Identity client) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));
    return new Mosquitto(folder, Identity.mutual(server, client));
  }

  private static Site.Broker settings(int port, Path authority, Identity own) {
    return own.broker(port, authority);
  }

  private static String refusal(Site.Broker broker) {
    IOException refused =
        assertThrows(IOException.class, () -> BrokerLink.connect(broker, "c", WILL).close());
    return refused.getMessage();
  }

  @Test
  void aBrokerWithTheRightCertificateIsConnectedAndAnyOtherIsNot() throws Exception {
    Identity client = identity("client", "DNS:station");
    Identity server = identity("server", "IP:127.0.0.1");
    Identity other = identity("other", "IP:127.0.0.1");
    try (Mosquitto broker = broker(server, client)) {
      try (BrokerLink link =
          BrokerLink.connect(settings(broker.port(), server.certificate(), client), "c", WILL)) {
        assertEquals("", link.trouble());
      }
      String untrusted = refusal(settings(broker.port(), other.certificate(), client));
      assertTrue(untrusted.contains("certif"), untrusted);
      refusal(settings(broker.port(), server.certificate(), other));
    }
  }

  @Test
  void aBrokerUnderAnotherNameIsRefused() throws Exception {
    Identity client = identity("client", "DNS:station");
    Identity server = identity("server", "DNS:county.example");
    try (Mosquitto broker = broker(server, client)) {
      String refusal = refusal(settings(broker.port(), server.certificate(), client));
      assertTrue(refusal.contains("127.0.0.1") && refusal.contains("ertificate"), refusal);
    }
  }

  @Test
  void aFileThatIsNoKeyIsToldWithTheRemedy() throws Exception {
    Identity client = identity("client", "DNS:station");
    Identity wrong = new Identity(client.certificate(), client.certificate());
    assertTrue(refusal(settings(1, client.certificate(), wrong)).contains("openssl pkcs8"));
  }
}
