import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** One of a pair of ActiveMQ Artemis brokers, run from this source by a test. */
public final class Broker {

  private Broker() {}

  /** Says "in sync" once it has all that the primary has, and "serving" once it serves. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfigResourcePath(Path.of(arguments[0]).toUri().toString());
    broker.start();
    ActiveMQServer server = broker.getActiveMQServer();
    while (!server.isReplicaSync() && !server.isActive()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    System.out.println(server.isActive() ? "serving" : "in sync");
  }
}
