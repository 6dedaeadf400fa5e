package davy.controller.uplink;

import davy.controller.config.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
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
 * The other end of the uplink: one connection of somebody who listens to many stations and answers
 * them, QoS 1, until it breaks. The broker keeps nothing for it while it is away.
 */
public final class Subscription implements AutoCloseable {

  /** Answers on their way without a PUBACK. */
  static final int WINDOW = 16;

  private static final int FIRST_FAILURE = 0x80;

  /** Called on the library's thread. While it waits the broker is read no further. */
  @FunctionalInterface
  public interface Ear {
    void heard(String topic, String payload) throws InterruptedException;
  }

  private final MqttAsyncClient client;
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile String trouble = "";

  private Subscription(MqttAsyncClient client) {
    this.client = client;
  }

  /**
   * Connects and subscribes. A broker may send what it retains before it confirms, so nobody waits
   * for that; {@link #trouble} tells a refusal.
   *
   * @throws IOException when it can't; the message says why
   */
  public static Subscription open(
      Site.Broker broker, String clientId, List<String> filters, Ear ear) throws IOException {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(PatientNetwork.uri(broker.uri()), clientId, new MemoryPersistence());
      Subscription made = new Subscription(client);
      try {
        client.setCallback(new Callback(ear));
        client
            .connect(BrokerLink.common(new MqttConnectionOptions(), broker))
            .waitForCompletion(BrokerLink.CONNECT_MILLIS);
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, 1);
        client.subscribe(filters.toArray(String[]::new), qos, filters, made.new Subscribed());
        return made;
      } catch (MqttException e) {
        made.close();
        throw new IOException(broker.uri() + ": " + BrokerTrouble.text(e), e);
      }
    } catch (MqttException e) {
      throw new IOException(broker.uri() + ": " + e.getMessage(), e);
    }
  }

  /** Empty while the connection is of use, else why it is not. */
  public String trouble() {
    return client.isConnected() || !trouble.isEmpty() ? trouble : "the connection is lost";
  }

  /** To be sent by {@link #flush}; a later message takes the place of one that waits. */
  public void say(String topic, String payload) {
    waiting.remove(topic);
    waiting.put(topic, payload);
  }

  /**
   * Sends what waits, as far as there is room.
   *
   * @return whether nothing waits any more
   */
  public boolean flush() {
    Iterator<Map.Entry<String, String>> next = waiting.entrySet().iterator();
    while (next.hasNext() && underWay.get() < WINDOW) {
      Map.Entry<String, String> one = next.next();
      MqttMessage message = new MqttMessage(one.getValue().getBytes(StandardCharsets.UTF_8));
      message.setQos(1);
      try {
        underWay.incrementAndGet();
        client.publish(one.getKey(), message, one.getKey(), new Sent(underWay));
        next.remove();
      } catch (MqttException e) {
        underWay.decrementAndGet();
        Logger.debug("an answer waits: {}", e.getMessage());
        return false;
      }
    }
    return waiting.isEmpty();
  }

  /** Leaves, within a second or so. */
  @Override
  public void close() {
    try {
      client.disconnectForcibly(0, 500, true);
    } catch (MqttException e) {
      Logger.debug("leaving the broker: {}", e.getMessage());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      Logger.debug("a connection to the broker could not be freed: {}", e.getMessage());
    }
  }

  private final class Subscribed implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      if (Arrays.stream(token.getReasonCodes()).anyMatch(code -> code >= FIRST_FAILURE)) {
        trouble = "the broker refuses the subscription: its access list";
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      trouble = "subscribing failed: " + failure.getMessage();
    }
  }

  private record Sent(AtomicInteger underWay) implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      underWay.decrementAndGet();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      underWay.decrementAndGet();
    }
  }

  private record Callback(Ear ear) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
      ear.heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
