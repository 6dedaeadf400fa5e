package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.link.LinkClient.Frame;
import davy.controller.link.TestSite;
import davy.hal.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Logger;

/** The uplink against a real broker that is killed, stopped and brought back. */
class UplinkTest {

  private static final int RECORDS = 2_000;

  @TempDir Path folder;
  private volatile boolean interlockThere = true;
  private volatile long changes = 1;
  private volatile long durable;
  private volatile String epoch = "e1";
  private Optional<Uplink> uplink = Optional.empty();

  /** An interlock as the station sees it. */
  private final class Interlock implements StatusFeed.Interlock {
    @Override
    public Optional<Frame> latest() {
      return interlockThere
          ? Optional.of(new Frame(frame(), Clock.SYSTEM.now()))
          : Optional.empty();
    }

    @Override
    public String trouble() {
      return "no connection to the interlock";
    }
  }

  private String frame() {
    return """
        {"type":"status","changes":%d,"nonce":"secret","journal":{"epoch":"%s","durableSeq":%d}}"""
        .formatted(changes, epoch, durable);
  }

  /** A journal of so many records, all there from the begin. */
  private final class Numbers implements Records {
    private long last;

    @Override
    public void after(long seq) {
      last = seq;
    }

    @Override
    public Optional<Line> next() {
      if (last >= RECORDS) {
        return Optional.empty();
      }
      last++;
      String hash = epoch + "-" + last;
      String line = "{\"seq\":%d,\"hash\":\"%s\"}".formatted(last, hash);
      return Optional.of(new Line(last, line, hash));
    }

    @Override
    public void close() {}
  }

  private Uplink start(int port) {
    Site.Broker broker = Outpost.broker(port);
    Site site = TestSite.site(Optional.of(broker));
    Uplink started =
        Uplink.start(
            site,
            broker,
            new Interlock(),
            Optional.empty(),
            Numbers::new,
            folder.resolve("cursor"),
            Optional.empty());
    uplink = Optional.of(started);
    return started;
  }

  @AfterEach
  void stop() {
    uplink.ifPresent(Uplink::close);
    ClientThreads.awaitNone();
  }

  private static List<Long> numbers(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void whoComesLateFindsStatusAndDefinitions() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "")) {
      Uplink up = start(broker.port());
      await("connected", () -> up.trouble().isEmpty());
      await(
          "both are retained",
          () -> {
            try (County late = new County(broker.port())) {
              await("the status", 5, () -> !late.topic("status").isEmpty());
              return late.type().equals("status") && !late.topic("definitions").isEmpty();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      try (County county = new County(broker.port())) {
        await("definitions", () -> !county.topic("definitions").isEmpty());
        assertEquals(true, county.topic("definitions").get("bench"));
        assertEquals("test-heading", county.topic("definitions").get("profile"));
        assertEquals("p1", county.topic("definitions").get("profileDigest"));
        assertEquals(false, county.topic("definitions").get("profileReviewed"));
        assertEquals(3, ((List<?>) county.topic("definitions").get("points")).size());
        assertFalse(county.topic("status").containsKey("nonce"));
      }
    }
  }

  @Test
  void aChangeALostInterlockAndALostStationAreToldAtOnce() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "");
        County county = new County(broker.port())) {
      start(broker.port());
      await("status", () -> county.type().equals("status"));
      changes = 2;
      await("the change", 2, () -> Long.valueOf(2).equals(county.topic("status").get("changes")));
      interlockThere = false;
      await("the loss", 2, () -> county.type().equals("lost"));
      interlockThere = true;
      await("the return", 2, () -> county.type().equals("status"));
      stop();
      await("the will", 2, () -> county.type().equals("offline"));
    }
  }

  @Test
  void recordsGoUpInOrderAndNeverBeyondWhatIsOnDisk() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "");
        County county = new County(broker.port())) {
      durable = 70;
      start(broker.port());
      await("all that may go", () -> county.records().size() == 70);
      durable = 71;
      await("one more", () -> county.records().size() == 71);
      assertEquals(numbers(71), county.records());
      stop();
      durable = 75;
      start(broker.port());
      await("the rest", () -> county.records().contains(75L));
      assertEquals(numbers(75), county.records().stream().distinct().toList());
      long again = county.records().size() - 75;
      assertTrue(again <= 75, "only what was not acknowledged may come twice: " + again);
      assertTrue(Files.readString(folder.resolve("cursor")).contains("\"e1\""));
      epoch = "e2";
      await(
          "another journal from its begin",
          () -> county.records().stream().filter(seq -> seq == 75).count() == 2);
    }
  }

  @Test
  void aKilledBrokerThatComesBackGetsEverything() throws Exception {
    Mosquitto broker = new Mosquitto(folder, "");
    try (broker) {
      durable = RECORDS;
      Uplink up = start(broker.port());
      List<Long> before;
      try (County county = new County(broker.port())) {
        await("some records", () -> county.records().size() > 100);
        broker.kill();
        before = county.records();
      }
      await("the loss is noticed", () -> !up.trouble().isEmpty());
      broker.start();
      try (County county = new County(broker.port())) {
        await("the last record", () -> county.records().contains((long) RECORDS));
        long first = county.records().getFirst();
        assertTrue(first > 1, "it goes on behind what the county has acknowledged");
        assertTrue(first <= before.getLast() + 1, "first " + first);
        long behind = county.records().getLast() - first + 1;
        assertEquals(behind, county.records().stream().distinct().count(), "none is missing");
        assertEquals("status", county.type());
      }
    }
  }

  @Test
  void aStoppedBrokerBlocksNobodyAndCostsNothing() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "");
        County county = new County(broker.port())) {
      durable = 100;
      Uplink up = start(broker.port());
      await("the first records", () -> county.records().size() == 100);
      broker.signal("STOP");
      durable = RECORDS;
      await("the stall is noticed", () -> !up.trouble().isEmpty());
      await("an attempt failed", () -> up.trouble().contains("no answer"));
      assertTrue(ClientThreads.all().size() <= 16, ClientThreads::toText);
      broker.signal("CONT");
      await("all records", () -> county.records().contains((long) RECORDS));
      assertEquals(RECORDS, county.records().stream().distinct().count());
    }
  }

  @Test
  void aPeerThatNeverAnswersIsGivenUpAndFreed() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      Uplink up = start(mute.getLocalPort());
      await("the reason is told", () -> up.trouble().contains("no answer within 4 s"));
      assertTrue(ClientThreads.all().size() <= 16, ClientThreads::toText);
    }
  }

  @Test
  void aPeerThatClosesAtOnceLeavesNoThreadBehind() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      AtomicInteger attempts = new AtomicInteger();
      Thread.ofVirtual().start(() -> closeAtOnce(rude, attempts));
      start(rude.getLocalPort());
      await("three attempts", () -> attempts.get() >= 3);
      assertTrue(ClientThreads.all().size() <= 8, ClientThreads::toText);
    }
  }

  private static void closeAtOnce(ServerSocket rude, AtomicInteger attempts) {
    while (!rude.isClosed()) {
      try (Socket socket = rude.accept()) {
        attempts.incrementAndGet();
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        Logger.debug("the peer left: {}", e.getMessage());
      }
    }
  }

  @Test
  void aBrokerWithoutMqtt5IsNamed() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseVersion(old));
      Uplink up = start(old.getLocalPort());
      await("the reason is told", () -> up.trouble().contains("does not speak MQTT 5"));
    }
  }

  /** Answers as brokers of MQTT 3.1.1 do: CONNACK, unacceptable protocol version. */
  private static void refuseVersion(ServerSocket old) {
    while (!old.isClosed()) {
      try (Socket socket = old.accept()) {
        socket.getInputStream().read(new byte[1024]);
        socket.getOutputStream().write(new byte[] {0x20, 2, 0, 1});
        socket.getInputStream().read();
      } catch (IOException e) {
        Logger.debug("the peer left: {}", e.getMessage());
      }
    }
  }
}
