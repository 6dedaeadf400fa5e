import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Scanner;
import org.eclipse.tahu.host.HostApplication;
import org.eclipse.tahu.host.api.MultiHostApplicationEventHandler;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.model.MessageType;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugDescriptor;
import org.eclipse.tahu.message.model.Topic;
import org.eclipse.tahu.model.MqttServerDefinition;
import org.eclipse.tahu.mqtt.MqttClientId;
import org.eclipse.tahu.mqtt.MqttServerName;
import org.eclipse.tahu.mqtt.MqttServerUrl;

/**
 * The host application of Eclipse Tahu, run from this source by a test: tells each event that it
 * reports in a line that begins with HOST, and wishes for births at each line that it is given.
 */
public final class Host {

  private static final String NODE = "00001";

  private Host() {}

  /** Arguments: the broker's port, the host's id, the group. */
  public static void main(String[] arguments) throws Exception {
    MqttServerDefinition server =
        new MqttServerDefinition(
            new MqttServerName("broker"),
            new MqttClientId("tahu-host", false),
            new MqttServerUrl("tcp://127.0.0.1:" + arguments[0]),
            null,
            null,
            10,
            null);
    MultiHostApplicationEventHandler events =
        (MultiHostApplicationEventHandler)
            Proxy.newProxyInstance(
                Host.class.getClassLoader(),
                new Class<?>[] {MultiHostApplicationEventHandler.class},
                (_, method, values) -> tell(method, values));
    HostApplication host =
        new HostApplication(
            events,
            arguments[1],
            new ArrayList<>(List.of("spBv1.0/#")),
            new ArrayList<>(List.of(server)),
            null,
            new SparkplugBPayloadDecoder(),
            true);
    host.start(true);
    Scanner lines = new Scanner(System.in);
    while (lines.hasNextLine()) {
      lines.nextLine();
      Topic topic = new Topic("spBv1.0", arguments[2], NODE, MessageType.NCMD);
      host.publishCommand(topic, rebirth());
    }
    System.exit(0);
  }

  private static SparkplugBPayload rebirth() throws Exception {
    Metric wish =
        new Metric.MetricBuilder("Node Control/Rebirth", MetricDataType.Boolean, true)
            .createMetric();
    SparkplugBPayload.SparkplugBPayloadBuilder payload =
        new SparkplugBPayload.SparkplugBPayloadBuilder();
    return payload.setTimestamp(new Date()).addMetric(wish).createPayload();
  }

  private static synchronized Object tell(Method method, Object[] values) {
    StringBuilder line = new StringBuilder("HOST ").append(method.getName());
    for (Object value : values == null ? new Object[0] : values) {
      if (value instanceof SparkplugDescriptor descriptor) {
        line.append(' ').append(descriptor.getDescriptorString());
      } else if (value instanceof Metric metric) {
        line.append(' ').append(metric.getName()).append('=').append(metric.getValue());
        line.append(Boolean.TRUE.equals(metric.isHistorical()) ? " past" : "");
      }
    }
    System.out.println(line);
    return null;
  }
}
