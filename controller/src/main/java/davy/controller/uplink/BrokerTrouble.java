package davy.controller.uplink;

import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/** The library's exceptions in words that name a remedy. */
final class BrokerTrouble {

  /** CONNACK of MQTT 5: unsupported protocol version. */
  private static final int UNSUPPORTED_VERSION = 0x84;

  /** The library's word for a CONNACK that is none of MQTT 5, as older brokers send it. */
  private static final int INVALID_RETURN_CODE = 50_001;

  private static final int BAD_USER = 0x86;
  private static final int NOT_AUTHORIZED = 0x87;

  private BrokerTrouble() {}

  static String text(MqttException e) {
    return switch (e.getReasonCode()) {
      case MqttClientException.REASON_CODE_INVALID_PROTOCOL_VERSION,
          UNSUPPORTED_VERSION,
          INVALID_RETURN_CODE ->
          "the broker does not speak MQTT 5, which is needed";
      case BAD_USER, NOT_AUTHORIZED, MqttClientException.REASON_CODE_NOT_AUTHORIZED ->
          "the broker refuses user, password or certificate";
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT ->
          "no answer within " + BrokerLink.CONNECT_MILLIS / 1000 + " s";
      default -> deepest(e);
    };
  }

  private static String deepest(Throwable e) {
    Throwable cause = e;
    for (Optional<Throwable> next = Optional.ofNullable(e.getCause());
        next.isPresent();
        next = Optional.ofNullable(cause.getCause())) {
      cause = next.get();
    }
    return cause == e ? e.toString() : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
