package davy.controller.uplink;

import davy.controller.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Whoever listens at the broker: keeps the latest message of each topic and all records. */
final class County implements AutoCloseable {

  private final MqttAsyncClient client;
  private final Map<String, String> latest = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> records = new ConcurrentLinkedQueue<>();

  County(int port) throws Exception {
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

  private static Map<String, Object> parsed(String json) {
    try {
      return JsonLine.read(json);
    } catch (JsonLine.Malformed e) {
      throw new AssertionError(json, e);
    }
  }

  private final class Listener implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String text = new String(message.getPayload(), StandardCharsets.UTF_8);
      String end = topic.substring(topic.lastIndexOf('/') + 1);
      latest.put(end, text);
      if (end.equals("journal")) {
        records.add((Long) parsed(text).get("seq"));
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
    client.disconnectForcibly(0, 200, false);
    client.close(true);
  }
}
