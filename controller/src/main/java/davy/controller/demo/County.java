package davy.controller.demo;

import davy.controller.county.Receiver;
import davy.controller.county.Receivers;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.tinylog.Logger;

/**
 * Stands in for the county: a broker, our own child unless one is given, and somebody who listens
 * to everything that the station sends there. The main thread; messages come from Paho's.
 */
final class County implements AutoCloseable {

  /** There is no broker to be had; the message says what to do. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /** What the station has sent. */
  record Message(String topic, String text) {

    /** A message of a trip, or of a state in which the zone is without power. */
    boolean tells(String zone) {
      return text.contains("\"" + zone + "\"")
          && (text.contains("zone.withheld") || text.contains("WITHHELD"));
    }

    /** The station's refusal of a trip. */
    boolean refuses(String command) {
      return topic.endsWith("/trip/answer")
          && text.contains(command)
          && text.contains("\"accepted\":false");
    }
  }

  private static final String STATION = "000000000000/DEMO-1";
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 100;

  private final Children children;
  private final Path root;
  private final Happenings<Message> heard = new Happenings<>();
  private final Optional<String> given;
  private final int port;
  private final KeyPair keys = pair();
  private final Receivers receivers =
      new Receivers(
          _ -> new Receiver(Set.of(), part -> Logger.debug("{} kept", part.lines().size())));
  private final ExecutorService replies =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("county").factory());
  private Optional<Children.Child> broker = Optional.empty();
  private volatile Optional<MqttClient> listener = Optional.empty();

  /**
   * @param given a broker's URI, where one is to be used that is not ours
   */
  County(Children children, Path root, Optional<String> given) throws IOException {
    this.children = children;
    this.root = root;
    this.given = given;
    this.port = freePort();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String uri() {
    return given.orElse("tcp://127.0.0.1:" + port);
  }

  boolean ours() {
    return given.isEmpty();
  }

  Happenings<Message> heard() {
    return heard;
  }

  /** Starts the broker where it is ours, and listens. */
  void start() throws Missing, InterruptedException {
    if (ours()) {
      try {
        broker = Optional.of(children.start("county", List.of(mosquitto(), "-c", configuration())));
      } catch (IOException e) {
        throw new Missing("the broker does not start: " + e.getMessage());
      }
    }
    listen();
  }

  private static String mosquitto() throws Missing {
    return Stream.of("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(
            () ->
                new Missing(
                    "Mosquitto, which stands in for the county, is missing:"
                        + " sudo apt-get install mosquitto, or name a broker with --broker"));
  }

  private String configuration() throws IOException {
    Path file = root.resolve("etc").resolve("mosquitto.conf");
    Files.createDirectories(file.getParent());
    String user = System.getProperty("user.name");
    Files.writeString(
        file,
        """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        user %s
        """
            .formatted(port, user));
    return file.toString();
  }

  private void listen() throws Missing, InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (true) {
      try {
        MqttClient client =
            new MqttClient(uri(), "demo-county-" + UUID.randomUUID(), new MemoryPersistence());
        listener = Optional.of(client);
        client.setCallback(new Ear());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(2);
        client.connect(options);
        receivers.connected();
        client.subscribe("davy/v1/#", 1);
        return;
      } catch (MqttException e) {
        quiet();
        if (System.nanoTime() - end > 0) {
          throw new Missing("no MQTT 5 broker answers at " + uri() + ": " + e.getMessage());
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** What was received as evidence and how it stands; empty before anything came. */
  Optional<Receiver.Report> report() {
    return receivers.report(STATION);
  }

  /** What the station itself says of its journal's files; empty where nothing is wrong. */
  String stationSays() {
    return receivers.complaint(STATION);
  }

  /** Not on the library's thread, which must not wait. */
  private void reply(Receivers.Publication said) {
    try {
      MqttMessage down = new MqttMessage(said.payload().getBytes(StandardCharsets.UTF_8));
      down.setQos(1);
      Optional<MqttClient> client = listener;
      if (client.isPresent()) {
        client.get().publish(said.topic(), down);
      }
    } catch (MqttException e) {
      Logger.debug("the county's reply is lost: {}", e.getMessage());
    }
  }

  /** The public half of the county's key, as the site file wants it. */
  String key() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /**
   * Sends a trip of a zone, signed with the county's key or with a forger's.
   *
   * @param status of the station, for the interlock's nonce and the journal's epoch
   * @return the command as the answer will carry it
   */
  String trip(String zone, Status status, boolean forged) {
    byte[] command =
        JsonLine.write(
                Map.of(
                    "station",
                    STATION,
                    "epoch",
                    status.journalEpoch(),
                    "nonce",
                    status.countyNonce(),
                    "number",
                    "1",
                    "zone",
                    zone,
                    "reason",
                    "the demonstration asks for it"))
            .getBytes(StandardCharsets.UTF_8);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign((forged ? pair() : keys).getPrivate());
      signature.update(command);
      Base64.Encoder base64 = Base64.getEncoder();
      String signed = base64.encodeToString(command);
      String message =
          JsonLine.write(
              Map.of("command", signed, "signature", base64.encodeToString(signature.sign())));
      MqttMessage down = new MqttMessage(message.getBytes(StandardCharsets.UTF_8));
      down.setQos(1);
      listener.orElseThrow().publish("davy/v1/" + STATION + "/trip", down);
      return signed;
    } catch (GeneralSecurityException | MqttException e) {
      throw new IllegalStateException("the county can't send a trip: " + e.getMessage(), e);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK knows no Ed25519", e);
    }
  }

  /** As a power failure at the county: the broker is killed. */
  void stop() throws Missing, InterruptedException {
    Children.Child child =
        broker.orElseThrow(() -> new Missing("a broker that is not ours can't be killed"));
    children.forget(child);
    child.kill();
    broker = Optional.empty();
    quiet();
  }

  /** Paho's threads would outlive the listener otherwise. */
  private synchronized void quiet() {
    listener.ifPresent(
        client -> {
          try {
            client.disconnectForcibly(0, 100, false);
          } catch (MqttException _) {
            // It was not connected any more.
          }
          try {
            client.close(true);
          } catch (MqttException e) {
            Logger.warn("the county's listener does not close: {}", e.getMessage());
          }
        });
    listener = Optional.empty();
  }

  @Override
  public void close() {
    replies.shutdownNow();
    quiet();
  }

  private final class Ear implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String text = new String(message.getPayload(), StandardCharsets.UTF_8);
      heard.add(new Message(topic, text));
      List<Receivers.Publication> said = receivers.heard(topic, text, System.nanoTime());
      if (!replies.isShutdown()) {
        said.forEach(one -> replies.execute(() -> reply(one)));
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      Logger.debug("the county's broker is gone");
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      Logger.warn("the county's listener: {}", exception.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
