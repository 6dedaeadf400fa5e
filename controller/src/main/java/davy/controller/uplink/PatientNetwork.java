package davy.controller.uplink;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.internal.SSLNetworkModuleFactory;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModuleFactory;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The library's own TCP and TLS connections, whose first read waits for the first write.
 *
 * <p>The library's connecting thread waits for ever for a receiver that ended before it looked: a
 * peer that closes at once, or refuses our certificate, costs a thread an attempt (paho.mqtt.java
 * issue 850). It writes its first packet only after it has looked, so a receiver that reads no
 * earlier can't end too early. Found by the library through its service loader.
 */
public final class PatientNetwork implements NetworkModuleFactory {

  private static final String PREFIX = "patient-";
  private static final int MOST_SECONDS = 6;

  /** Options that tell when the first packet, which is CONNECT, leaves. */
  static final class Options extends MqttConnectionOptions {
    private final Runnable connecting;

    Options(Runnable connecting) {
      this.connecting = connecting;
    }
  }

  /** The URI by which the library finds this class: {@code tcp://…} or {@code ssl://…} of ours. */
  static String uri(String broker) {
    return PREFIX + broker;
  }

  private static URI plain(URI uri) {
    return URI.create(uri.toString().substring(PREFIX.length()));
  }

  private static NetworkModuleFactory factory(URI plain) {
    return "ssl".equals(plain.getScheme())
        ? new SSLNetworkModuleFactory()
        : new TCPNetworkModuleFactory();
  }

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(PREFIX + "tcp", PREFIX + "ssl");
  }

  @Override
  public void validateURI(URI uri) {
    URI plain = plain(uri);
    factory(plain).validateURI(plain);
  }

  @Override
  public NetworkModule createNetworkModule(URI uri, MqttConnectionOptions options, String clientId)
      throws MqttException {
    URI plain = plain(uri);
    Runnable connecting = options instanceof Options ours ? ours.connecting : () -> {};
    return new Patient(factory(plain).createNetworkModule(plain, options, clientId), connecting);
  }

  private record Patient(NetworkModule module, Runnable connecting, CountDownLatch written)
      implements NetworkModule {

    Patient(NetworkModule module, Runnable connecting) {
      this(module, connecting, new CountDownLatch(1));
    }

    @Override
    public void start() throws IOException, MqttException {
      module.start();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new PatientInput(module.getInputStream(), written);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new TellingOutput(module.getOutputStream(), connecting, written);
    }

    @Override
    public void stop() throws IOException {
      written.countDown();
      module.stop();
    }

    @Override
    public String getServerURI() {
      return module.getServerURI();
    }
  }

  private static final class PatientInput extends FilterInputStream {
    private final CountDownLatch written;

    PatientInput(InputStream in, CountDownLatch written) {
      super(in);
      this.written = written;
    }

    private void waitForWrite() throws IOException {
      try {
        if (!written.await(MOST_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("nothing was sent within " + MOST_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    @Override
    public int read() throws IOException {
      waitForWrite();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      waitForWrite();
      return in.read(bytes, offset, length);
    }
  }

  private static final class TellingOutput extends FilterOutputStream {
    private final Runnable connecting;
    private final CountDownLatch written;

    TellingOutput(OutputStream out, Runnable connecting, CountDownLatch written) {
      super(out);
      this.connecting = connecting;
      this.written = written;
    }

    private void tell() {
      if (written.getCount() > 0) {
        connecting.run();
        written.countDown();
      }
    }

    @Override
    public void write(int value) throws IOException {
      tell();
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      tell();
      out.write(bytes, offset, length);
    }
  }
}
