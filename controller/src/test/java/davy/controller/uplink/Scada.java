package davy.controller.uplink;

import davy.controller.sparkplug.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A SCADA host, as far as the tests need one: hears everything, and says what it is told to. */
final class Scada implements AutoCloseable {

  static final String NODE = "spBv1.0/410403004688/%s/00001";
  private static final Set<String> OWN =
      Set.of("NBIRTH", "DBIRTH", "NDATA", "DDATA", "NDEATH", "DDEATH");
  private static final Decoded NOTHING = new Decoded(-1, -1, List.of());
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final MqttAsyncClient client;
  private final ConcurrentLinkedQueue<Message> heard = new ConcurrentLinkedQueue<>();

  /**
   * @param verb NBIRTH and so on
   * @param device empty for the node's own
   * @param retained as it was published
   * @param decoded empty of what is no edge node's own
   */
  record Message(
      String verb,
      String device,
      byte[] payload,
      int qos,
      boolean retained,
      long nanos,
      Decoded decoded) {

    boolean is(String what) {
      return verb.equals(what);
    }

    long bdSeq() {
      return (Long) decoded().metric("bdSeq").value().orElseThrow();
    }
  }

  Scada(int port) throws Exception {
    client =
        new MqttAsyncClient(
            "tcp://127.0.0.1:" + port,
            "county-scada-" + NUMBER.incrementAndGet(),
            new MemoryPersistence());
    client.setCallback(new Listener());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(5_000);
    MqttSubscription all = new MqttSubscription("spBv1.0/#", 1);
    all.setRetainAsPublished(true);
    client.subscribe(new MqttSubscription[] {all}).waitForCompletion(5_000);
  }

  static String topic(String verb) {
    return NODE.formatted(verb);
  }

  List<Message> heard() {
    return List.copyOf(heard);
  }

  List<Message> heard(String verb) {
    return heard.stream().filter(message -> message.is(verb)).toList();
  }

  long count(String verb) {
    return heard(verb).size();
  }

  /** Messages from the latest birth of the node on. */
  List<Message> sinceBirth() {
    List<Message> all = heard();
    int birth = 0;
    for (int i = 0; i < all.size(); i++) {
      birth = all.get(i).is("NBIRTH") ? i : birth;
    }
    return all.subList(birth, all.size());
  }

  void publish(String topic, byte[] payload, boolean retained) throws MqttException {
    client.publish(topic, payload, 1, retained).waitForCompletion(5_000);
  }

  /** Does not wait. */
  void flood(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 0, false);
  }

  void state(String host, boolean online, long timestamp) throws MqttException {
    String text = "{\"online\":%s,\"timestamp\":%d}".formatted(online, timestamp);
    publish("spBv1.0/STATE/" + host, text.getBytes(StandardCharsets.UTF_8), true);
  }

  private final class Listener implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String[] parts = topic.split("/");
      String verb = parts.length > 3 ? parts[2] : parts[1];
      heard.add(
          new Message(
              verb,
              parts.length > 4 ? parts[4] : "",
              message.getPayload(),
              message.getQos(),
              message.isRetained(),
              System.nanoTime(),
              OWN.contains(verb) ? Decoded.of(message.getPayload()) : NOTHING));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 200, false);
    client.close(true);
  }
}
