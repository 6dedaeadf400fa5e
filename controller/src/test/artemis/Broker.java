import java.nio.file.Path;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** One of a pair of ActiveMQ Artemis brokers, run from this source by a test. */
public final class Broker {

  private Broker() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfigResourcePath(Path.of(arguments[0]).toUri().toString());
    broker.start();
  }
}
