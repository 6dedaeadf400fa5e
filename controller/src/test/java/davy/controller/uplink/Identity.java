package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.config.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A self-signed certificate and its PKCS#8 key. */
record Identity(Path certificate, Path key) {

  static Identity make(Path folder, String name, String subjectAlternative) throws Exception {
    Identity made = new Identity(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    List<String> kind =
        List.of("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(kind);
    command.addAll(List.of("-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext"));
    command.addAll(List.of("subjectAltName=" + subjectAlternative, "-keyout"));
    command.addAll(List.of(made.key().toString(), "-out", made.certificate().toString()));
    Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(openssl.getInputStream().readAllBytes());
    assertEquals(0, openssl.waitFor(), said);
    return made;
  }

  /** Settings of a Mosquitto that shows the server's certificate and wants the client's. */
  static String mutual(Identity server, Identity client) {
    return """
        cafile %s
        certfile %s
        keyfile %s
        require_certificate true
        """
        .formatted(client.certificate(), server.certificate(), server.key());
  }

  /** How a station without any connects to a broker that asks for none. */
  static Site.Broker none(String uri) {
    return new Site.Broker(
        uri,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        5);
  }

  /** How this one connects to a broker whose certificate is signed by {@code authority}. */
  Site.Broker broker(int port, Path authority) {
    return new Site.Broker(
        "ssl://127.0.0.1:" + port,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(authority),
        Optional.of(certificate),
        Optional.of(key),
        5);
  }
}
