package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.sparkplug.Decoded;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Logger;

/** What the CONNECT packet says, byte by byte, to a broker that never answers it well. */
class SparkplugConnectTest {

  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_QOS = 0x18;
  private static final int WILL_QOS_1 = 0x08;
  private static final int WILL_RETAIN = 0x20;

  @TempDir Path folder;
  private final List<Connect> connects = new CopyOnWriteArrayList<>();
  private Optional<Node> node = Optional.empty();

  /** As far as it is of interest here. */
  private record Connect(
      int version, int flags, int keepAlive, byte[] properties, String topic, byte[] will) {}

  @AfterEach
  void stop() {
    node.ifPresent(Node::close);
    ClientThreads.awaitNone();
  }

  private void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connects.add(read(new DataInputStream(socket.getInputStream())));
      } catch (IOException e) {
        Logger.debug("the peer left: {}", e.getMessage());
      }
    }
  }

  private static Connect read(DataInputStream in) throws IOException {
    assertEquals(0x10, in.read(), "CONNECT");
    varint(in);
    assertEquals("MQTT", in.readUTF());
    int version = in.read();
    int flags = in.read();
    int keepAlive = in.readUnsignedShort();
    byte[] properties = in.readNBytes(varint(in));
    in.readUTF();
    in.readNBytes(varint(in));
    String topic = in.readUTF();
    byte[] will = in.readNBytes(in.readUnsignedShort());
    return new Connect(version, flags, keepAlive, properties, topic, will);
  }

  private static int varint(DataInputStream in) throws IOException {
    int value = 0;
    int shift = 0;
    int one;
    do {
      one = in.read();
      value |= (one & 0x7F) << shift;
      shift += 7;
    } while (one > 0x7F);
    return value;
  }

  private static long number(Connect connect) {
    return (Long) Decoded.of(connect.will()).metric("bdSeq").value().orElseThrow();
  }

  @Test
  void everyConnectThatLeavesHasTheNextBdSeqAndOneThatNeverLeftUsesNone() throws Exception {
    int port = Mosquitto.freePort();
    Node running = new Node(folder, port, Optional.empty());
    node = Optional.of(running);
    await("an attempt found nobody", () -> running.trouble().contains("refused"));
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread.ofVirtual().start(() -> serve(server));
      await("three attempts", () -> connects.size() >= 3);
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(i, number(connects.get(i)));
    }
    Connect first = connects.getFirst();
    assertEquals(5, first.version());
    assertTrue((first.flags() & CLEAN_START) != 0, "clean start");
    assertTrue((first.flags() & WILL) != 0);
    assertEquals(WILL_QOS_1, first.flags() & WILL_QOS);
    assertEquals(0, first.flags() & WILL_RETAIN);
    assertEquals("spBv1.0/410403004688/NDEATH/00001", first.topic());
    assertTrue(first.keepAlive() <= 10);
    int expiry = 0x11;
    for (int i = 0; i < first.properties().length; i++) {
      if (first.properties()[i] == expiry) {
        assertEquals(0, first.properties()[i + 4], "the session ends with the connection");
      }
    }
  }
}
