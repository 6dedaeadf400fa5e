package davy.controller.uplink;

import davy.controller.config.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.tinylog.Logger;

/**
 * One connection to the broker, for one attempt: made, used, thrown away. At most {@link #WINDOW}
 * messages are under way at a time, whatever their QoS: the library itself knows no limit for QoS
 * 0. The uplink's thread alone.
 */
final class BrokerLink implements AutoCloseable {

  /** Messages on their way without a PUBACK. */
  static final int WINDOW = 16;

  static final int CONNECT_MILLIS = 4_000;
  static final long STALL_NANOS = 8_000_000_000L;
  private static final int QOS = 1;

  /** Nothing that we want to hear is longer; the broker keeps the rest from us. */
  private static final long LONGEST_HEARD = 64 << 10;

  private static final int WITH_WILL = 0x04;
  private static final int FIRST_FAILURE = 0x80;

  private final MqttAsyncClient client;
  private final Thread owner = Thread.currentThread();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile long progress = System.nanoTime();
  private volatile String trouble = "";

  private BrokerLink(MqttAsyncClient client) {
    this.client = client;
  }

  /**
   * A message for the broker to keep, sent by the broker when we are gone.
   *
   * @param connecting called on the library's thread as CONNECT, with this will in it, leaves
   */
  record Will(String topic, byte[] payload, boolean retained, Runnable connecting) {
    Will(String topic, String payload) {
      this(topic, payload.getBytes(StandardCharsets.UTF_8), true, () -> {});
    }
  }

  /** Whoever hears what others published; called on the library's thread, it must not wait. */
  @FunctionalInterface
  interface Hearing {
    void take(String topic, byte[] payload);
  }

  /**
   * Connects within {@link #CONNECT_MILLIS}.
   *
   * @throws IOException when it can't; the message says why
   */
  static BrokerLink connect(Site.Broker broker, String clientId, Will will) throws IOException {
    MqttConnectionOptions options;
    try {
      options = options(broker, will);
    } catch (FileSystemException e) {
      throw new IOException(e.getFile() + " can't be read: " + e.getClass().getSimpleName(), e);
    }
    MqttAsyncClient client;
    try {
      String uri = PatientNetwork.uri(broker.uri());
      client = new MqttAsyncClient(uri, clientId, new MemoryPersistence());
    } catch (MqttException | IllegalArgumentException e) {
      throw new IOException(broker.uri() + ": " + e.getMessage(), e);
    }
    try {
      client.connect(options).waitForCompletion(CONNECT_MILLIS);
    } catch (MqttException e) {
      discard(client);
      throw new IOException(broker.uri() + ": " + BrokerTrouble.text(e), e);
    }
    if (!client.isConnected()) {
      discard(client);
      throw new IOException(broker.uri() + ": closed the connection at once");
    }
    return new BrokerLink(client);
  }

  private static MqttConnectionOptions options(Site.Broker broker, Will will) throws IOException {
    MqttConnectionOptions options = new PatientNetwork.Options(will.connecting());
    options.setMaximumPacketSize(LONGEST_HEARD);
    options.setWill(will.topic(), message(will.payload(), QOS, will.retained()));
    return common(options, broker);
  }

  /** What every connection of ours has: nothing outlives it, and the server is always verified. */
  static MqttConnectionOptions common(MqttConnectionOptions options, Site.Broker broker)
      throws IOException {
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setConnectionTimeout(CONNECT_MILLIS / 1000);
    options.setKeepAliveInterval(broker.keepAliveSeconds());
    options.setExecutorServiceTimeout(1);
    options.setHttpsHostnameVerificationEnabled(true);
    broker.user().ifPresent(options::setUserName);
    if (broker.passwordFile().isPresent()) {
      String password = Files.readString(broker.passwordFile().get()).strip();
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    }
    if (broker.uri().startsWith("ssl://")) {
      options.setSocketFactory(BrokerTls.sockets(broker));
    }
    return options;
  }

  private static MqttMessage message(byte[] payload, int qos, boolean retained) {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(qos);
    message.setRetained(retained);
    return message;
  }

  /**
   * Hears these topics from now on.
   *
   * @param heard called on the library's thread; it must not wait
   */
  void listen(Map<String, Consumer<String>> heard) throws IOException {
    listen(
        heard.keySet(),
        (topic, payload) ->
            heard
                .getOrDefault(topic, text -> Logger.debug("{}: nobody wants {}", topic, text))
                .accept(new String(payload, StandardCharsets.UTF_8)));
  }

  /** Hears what fits these filters from now on, subscribed to in their order. */
  void listen(Collection<String> filters, Hearing hearing) throws IOException {
    client.setCallback(new Ear(hearing));
    for (String topic : filters) {
      try {
        client.subscribe(topic, QOS).waitForCompletion(CONNECT_MILLIS);
      } catch (MqttException e) {
        throw new IOException(topic + ": " + BrokerTrouble.text(e), e);
      }
    }
  }

  /** How many more messages may be sent now. */
  int room() {
    return WINDOW - underWay.get();
  }

  /** Empty while the connection is of use, else why it is not. */
  String trouble() {
    if (!trouble.isEmpty()) {
      return trouble;
    }
    if (!client.isConnected()) {
      return "the connection is lost";
    }
    boolean stalled = underWay.get() > 0 && System.nanoTime() - progress > STALL_NANOS;
    return stalled ? "no acknowledgement for 8 s" : "";
  }

  /**
   * Sends without waiting.
   *
   * @param acknowledged called on the library's thread at the PUBACK
   * @return false when there is no room now: try later
   */
  boolean publish(String topic, String payload, boolean retained, Runnable acknowledged) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return publish(topic, message(bytes, QOS, retained), new Delivery(acknowledged));
  }

  /**
   * Sends with QoS 0, not retained, without waiting: nobody acknowledges it.
   *
   * @return false when there is no room now: try later
   */
  boolean publishOnce(String topic, byte[] payload) {
    return publish(topic, message(payload, 0, false), new Written());
  }

  private boolean publish(String topic, MqttMessage message, MqttActionListener listener) {
    if (room() <= 0) {
      return false;
    }
    if (underWay.getAndIncrement() == 0) {
      progress = System.nanoTime();
    }
    try {
      client.publish(topic, message, topic, listener);
      return true;
    } catch (MqttException e) {
      underWay.decrementAndGet();
      if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
        trouble = BrokerTrouble.text(e);
      }
      return false;
    }
  }

  /** What is wrong beyond the connection itself: it is given up. */
  void giveUp(String why) {
    trouble = why;
  }

  /** What the library calls when a message of QoS 0 has left, which is no progress of the peer. */
  private final class Written implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      underWay.decrementAndGet();
      LockSupport.unpark(owner);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      trouble = "a message could not be sent: " + failure.getMessage();
    }
  }

  /** What the library calls when a message is through or not. */
  private final class Delivery implements MqttActionListener {
    private final Runnable acknowledged;

    Delivery(Runnable acknowledged) {
      this.acknowledged = acknowledged;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0 && codes[0] >= FIRST_FAILURE) {
        trouble = "the broker refuses messages: reason " + codes[0];
        return;
      }
      acknowledged.run();
      progress = System.nanoTime();
      underWay.decrementAndGet();
      LockSupport.unpark(owner);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      trouble = "a message was not delivered: " + failure.getMessage();
    }
  }

  /** What the library calls; the state of the connection is asked for elsewhere. */
  private record Ear(Hearing hearing) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      hearing.take(topic, message.getPayload());
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

  /** Leaves: the broker sends our will. Waits at most about 4 s in all. */
  @Override
  public void close() {
    if (client.isConnected()) {
      try {
        client.disconnect(0L, null, null, WITH_WILL, new MqttProperties()).waitForCompletion(1_000);
      } catch (MqttException e) {
        Logger.debug("leaving the broker: {}", e.getMessage());
      }
    }
    discard(client);
  }

  /** Frees a client whatever state it is in, on a thread that nobody needs. */
  private static void discard(MqttAsyncClient client) {
    Thread closer = new Thread(() -> free(client), "davy-uplink-close");
    closer.setDaemon(true);
    closer.start();
    try {
      closer.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void free(MqttAsyncClient client) {
    try {
      client.disconnectForcibly(0, 200, false);
    } catch (MqttException e) {
      Logger.debug("dropping a connection: {}", e.getMessage());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      Logger.warn("a connection to the broker could not be freed: {}", e.getMessage());
    }
  }
}
