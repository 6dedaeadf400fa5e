package davy.controller.uplink;

import davy.controller.county.Receiver;
import davy.controller.county.Receivers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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

/**
 * A county that receives the evidence of one station, connects and goes away at will, and keeps
 * what it has in between. It may leave its session at the broker, which then queues for it.
 */
final class Surface implements AutoCloseable {

  private static final String STATION = "410403004688/00001";

  final List<String> kept = new CopyOnWriteArrayList<>();
  private final Receivers receivers;
  private final ExecutorService replies = Executors.newSingleThreadExecutor();
  private MqttAsyncClient client;

  Surface(Set<String> trusted) {
    receivers =
        new Receivers(
            _ ->
                new Receiver(trusted, part -> part.lines().forEach(line -> kept.add(line.text()))));
  }

  /**
   * @param remembered the broker keeps the session while we are away
   */
  void connect(int port, boolean remembered) throws MqttException {
    client =
        new MqttAsyncClient("tcp://127.0.0.1:" + port, "county-surface", new MemoryPersistence());
    client.setCallback(new Ear());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(!remembered);
    options.setSessionExpiryInterval(remembered ? 3_600L : 0L);
    options.setAutomaticReconnect(false);
    receivers.connected();
    client.connect(options).waitForCompletion(5_000);
    client.subscribe("davy/v1/#", 1).waitForCompletion(5_000);
  }

  void vanish() {
    try {
      client.disconnectForcibly(0, 100, false);
    } catch (MqttException e) {
      Logger.debug("it was gone: {}", e.getMessage());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  /** As it stands; all zeros before anything was heard. */
  Receiver.Report report() {
    return receivers
        .report(STATION)
        .orElse(new Receiver.Report("", 0, "", 0, List.of(), 0, 0, 0, List.of()));
  }

  String stationSays() {
    return receivers.complaint(STATION);
  }

  private void reply(Receivers.Publication publication) {
    try {
      byte[] payload = publication.payload().getBytes(StandardCharsets.UTF_8);
      client.publish(publication.topic(), payload, 1, false);
    } catch (MqttException e) {
      Logger.debug("a reply could not be sent: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    replies.shutdownNow();
    vanish();
  }

  private final class Ear implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      String text = new String(message.getPayload(), StandardCharsets.UTF_8);
      for (Receivers.Publication one : receivers.heard(topic, text, System.nanoTime())) {
        replies.execute(() -> reply(one));
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
}
