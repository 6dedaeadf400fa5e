package davy.controller.uplink;

import davy.controller.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.tinylog.Logger;

/** Whoever listens at the broker: keeps the latest message of each topic and all records. */
final class County implements AutoCloseable {

  private final MqttAsyncClient client;
  private final ExecutorService acknowledging = Executors.newSingleThreadExecutor();
  private final Map<String, String> latest = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> records = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> topics = new ConcurrentLinkedQueue<>();

  private final boolean answers;

  County(int port) throws Exception {
    this(port, true);
  }

  /**
   * @param answers acknowledges records
   */
  County(int port, boolean answers) throws Exception {
    this.answers = answers;
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "county", new MemoryPersistence());
    client.setCallback(new Listener());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(5_000);
    client.subscribe("davy/v1/#", 1).waitForCompletion(5_000);
  }

  Map<String, Object> topic(String end) {
    return Optional.ofNullable(latest.get(end)).map(County::parsed).orElse(Map.of());
  }

  Object type() {
    return topic("status").getOrDefault("type", "");
  }

  List<Long> records() {
    return List.copyOf(records);
  }

  /** The last words of the topics of all messages, as they came. */
  List<String> topics() {
    return List.copyOf(topics);
  }

  private static Map<String, Object> parsed(String json) {
    try {
      return JsonLine.read(json);
    } catch (JsonLine.Malformed e) {
      throw new AssertionError(json, e);
    }
  }

  private void acknowledge(String topic, Map<String, Object> last) {
    Object epoch = topic("evidence").getOrDefault("epoch", "");
    Map<String, Object> ack =
        Map.of("epoch", epoch, "seq", last.get("seq"), "hash", last.getOrDefault("hash", ""));
    try {
      client.publish(topic, JsonLine.write(ack).getBytes(StandardCharsets.UTF_8), 1, false);
    } catch (MqttException e) {
      Logger.debug("no acknowledgement: {}", e.getMessage());
    }
  }

  private final class Listener implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String text = new String(message.getPayload(), StandardCharsets.UTF_8);
      String end = topic.substring(topic.lastIndexOf('/') + 1);
      topics.add(end);
      latest.put(end, text);
      if (end.equals("journal")) {
        text.lines().forEach(line -> records.add((Long) parsed(line).get("seq")));
        String base = topic.substring(0, topic.length() - end.length());
        Map<String, Object> last = parsed(text.substring(text.lastIndexOf('\n') + 1));
        if (answers) {
          acknowledging.execute(() -> acknowledge(base + "ack", last));
        }
      }
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
    acknowledging.shutdownNow();
    client.disconnectForcibly(0, 200, false);
    client.close(true);
  }
}
