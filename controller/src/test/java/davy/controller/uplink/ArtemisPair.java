package davy.controller.uplink;

import davy.controller.config.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two ActiveMQ Artemis brokers, primary and backup. The program comes from Maven Central, unpacked
 * into {@code target/artemis} by the build's profile {@code long}.
 */
final class ArtemisPair implements AutoCloseable {

  private static final Path UNPACKED = Path.of("target", "artemis");

  /** Where what the primary has taken is when it dies. */
  enum Store {
    /** In a folder that both see. */
    SHARED("shared-store", "both"),

    /** In the backup's own folder too: the primary acknowledges what the backup has. */
    REPLICATED("replication", "%s");

    private final String policy;
    private final String place;

    Store(String policy, String place) {
      this.policy = policy;
      this.place = place;
    }
  }

  private final Path folder;
  private final Store store;
  private final List<Integer> ports = List.of(Mosquitto.freePort(), Mosquitto.freePort());
  private final List<Process> brokers = new ArrayList<>();

  ArtemisPair(Path folder, Store store) throws IOException {
    this.folder = folder;
    this.store = store;
    brokers.add(start("primary", ports.get(0), ports.get(1)));
    Mosquitto.await("the primary listens", 90, () -> Mosquitto.listensAt(ports.get(0)));
    brokers.add(start("backup", ports.get(1), ports.get(0)));
    if (store == Store.REPLICATED) {
      Mosquitto.await("the backup has all", 90, () -> said("backup").contains("in sync"));
    }
  }

  /** What a broker has said so far. */
  private String said(String role) {
    try {
      return Files.readString(folder.resolve(role + ".log"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Of the primary and of the backup. */
  List<Integer> ports() {
    return ports;
  }

  /** Both, as a site file has them. */
  Site.Broker addresses() {
    Site.Broker primary = Outpost.broker(ports.get(0));
    return new Site.Broker(
        primary.uri(),
        Optional.of(Outpost.broker(ports.get(1)).uri()),
        primary.user(),
        primary.passwordFile(),
        primary.caFile(),
        primary.certificateFile(),
        primary.keyFile(),
        primary.keepAliveSeconds());
  }

  private Process start(String role, int own, int other) throws IOException {
    Path settings = Files.writeString(folder.resolve(role + ".xml"), settings(role, own, other));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", libraries() + "/*"));
    command.addAll(List.of("src/test/artemis/Broker.java", settings.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(role + ".log").toFile())
        .start();
  }

  private static Path libraries() throws IOException {
    try (var versions = Files.list(UNPACKED)) {
      return versions.findFirst().orElseThrow().resolve("lib").toAbsolutePath();
    }
  }

  private String settings(String role, int own, int other) {
    Path place = folder.resolve(store.place.formatted(role));
    return """
        <configuration xmlns="urn:activemq"><core xmlns="urn:activemq:core">
          <name>%1$s</name>
          <security-enabled>false</security-enabled>
          <journal-type>NIO</journal-type>
          <bindings-directory>%2$s/bindings</bindings-directory>
          <journal-directory>%2$s/journal</journal-directory>
          <large-messages-directory>%2$s/large</large-messages-directory>
          <paging-directory>%2$s/paging</paging-directory>
          <cluster-user>pair</cluster-user>
          <cluster-password>pair</cluster-password>
          <connectors>
            <connector name="own">tcp://127.0.0.1:%3$d</connector>
            <connector name="other">tcp://127.0.0.1:%4$d</connector>
          </connectors>
          <acceptors>
            <acceptor name="all">tcp://127.0.0.1:%3$d?protocols=CORE,MQTT</acceptor>
          </acceptors>
          <ha-policy><%5$s><%1$s/></%5$s></ha-policy>
          <cluster-connections>
            <cluster-connection name="pair">
              <connector-ref>own</connector-ref>
              <static-connectors><connector-ref>other</connector-ref></static-connectors>
            </cluster-connection>
          </cluster-connections>
        </core></configuration>
        """
        .formatted(role, place, own, other, store.policy);
  }

  /** As {@code kill -9} of the primary. */
  void killPrimary() {
    brokers.getFirst().destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    brokers.forEach(broker -> broker.destroyForcibly().onExit().join());
  }
}
