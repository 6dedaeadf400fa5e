package davy.controller.link;

import static davy.controller.link.LinkTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import davy.controller.config.County;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trips by the county, over the real socket, with the real interlock behind it (S21). */
class RemoteTripTest {

  private static final KeyPair OLD = pair();
  private static final KeyPair NEW = pair();
  private static final KeyPair FORGER = pair();
  private static final String EPOCH = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private Site site;
  private final AtomicLong skipNanos = new AtomicLong();
  private LinkServer link;
  private TestScan scan;

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void startInterlock() throws Exception {
    start(Optional.of(new County("county", List.of(OLD.getPublic(), NEW.getPublic()))));
  }

  private void start(Optional<County> county) throws Exception {
    site = TestSite.site(Optional.empty(), county);
    JournalStatus status = new JournalStatus(true, "", EPOCH, 7, "h", "k", 0, 0);
    Clock clock = () -> new Tick(System.nanoTime() + skipNanos.get());
    LinkServer.Sources sources =
        new LinkServer.Sources(
            new Persons(List.of(), ""),
            () -> status,
            _ -> 1,
            new ConfigurationStatus("", List.of()),
            folder.resolve("county-trips"));
    link = LinkServer.start(site, folder, sources, clock);
    scan = new TestScan(site, link);
    await("the zones are granted", () -> scan.permit(0) == Permit.GRANTED);
  }

  @AfterEach
  void stopInterlock() throws Exception {
    scan.close();
    link.close();
  }

  private String nonce() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      return (String) JsonLine.read(socket.read(5_000).orElseThrow()).get("countyNonce");
    }
  }

  private Map<?, ?> zone() throws Exception {
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
      Map<String, Object> frame = JsonLine.read(socket.read(5_000).orElseThrow());
      return (Map<?, ?>) ((List<?>) frame.get("zones")).getFirst();
    }
  }

  @Test
  void whoReleasesItIsToldWhichCountyTrippedAndWhy() throws Exception {
    assertFalse(zone().containsKey("remote"), "nothing is tripped");
    assertEquals("TRIPPED", trip(command(nonce()), NEW));
    await("the zone is cut", () -> scan.permit(0) == Permit.WITHHELD);
    assertEquals(
        Map.of("county", "county", "reason", "gas in the neighbouring face"), zone().get("remote"));
    assertEquals("BAD_SIGNATURE", trip(forged(nonce()), FORGER));
    assertEquals("gas in the neighbouring face", ((Map<?, ?>) zone().get("remote")).get("reason"));
  }

  @Test
  void theCountysReasonOutlivesARestart() throws Exception {
    List<String> zones = List.of("Z0", "Z1");
    assertEquals("TRIPPED", trip(command(nonce()), NEW));
    Path file = folder.resolve("county-trips");
    await("it is on disk", () -> Files.exists(file));
    CountyTrips.Trip trip = new CountyTrips.Trip("county", "gas in the neighbouring face");
    assertEquals(Optional.of(trip), CountyTrips.read(zones, file).of(1));
    assertEquals(Optional.empty(), CountyTrips.read(zones, file).of(0));
    Files.writeString(file, "{\"Z1\":7}");
    assertEquals(Optional.empty(), CountyTrips.read(zones, file).of(1));
  }

  private Map<String, Object> forged(String nonce) {
    Map<String, Object> forged = command(nonce);
    forged.put("reason", "nothing");
    return forged;
  }

  private Map<String, Object> command(String nonce) {
    Map<String, Object> command = new HashMap<>();
    command.put("station", site.mine() + "/" + site.station());
    command.put("epoch", EPOCH);
    command.put("nonce", nonce);
    command.put("number", "17");
    command.put("zone", "Z1");
    command.put("reason", "gas in the neighbouring face");
    return command;
  }

  private Object trip(Map<String, Object> command, KeyPair by) throws Exception {
    byte[] bytes = JsonLine.write(command).getBytes(StandardCharsets.UTF_8);
    return send(bytes, sign(bytes, by));
  }

  private static byte[] sign(byte[] bytes, KeyPair by) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(by.getPrivate());
    signature.update(bytes);
    return signature.sign();
  }

  private Object send(byte[] command, byte[] signature) throws Exception {
    Base64.Encoder base64 = Base64.getEncoder();
    String line =
        JsonLine.write(
            Map.of(
                "request", "trip",
                "command", base64.encodeToString(command),
                "signature", base64.encodeToString(signature)));
    try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.UPLINK))) {
      socket.write(line);
      return JsonLine.read(socket.read(10_000).orElseThrow()).get("answer");
    }
  }

  @Test
  void theCountysSignedTripCutsWithTheOldKeyAndWithTheNewOne() throws Exception {
    assertEquals("TRIPPED", trip(command(nonce()), OLD));
    assertEquals(Permit.WITHHELD, scan.permit(0));
    assertEquals(Permit.GRANTED, scan.permit(1), "a trip names its zone and cuts no other");
    assertEquals("TRIPPED", trip(command(nonce()), NEW));
    assertEquals(Permit.WITHHELD, scan.permit(0));
  }

  @Test
  void aForgersKeyIsRefused() throws Exception {
    assertEquals("BAD_SIGNATURE", trip(command(nonce()), FORGER));
    assertEquals(Permit.GRANTED, scan.permit(0));
  }

  @Test
  void aCommandChangedOnItsWayIsRefused() throws Exception {
    Map<String, Object> command = command(nonce());
    byte[] signature = sign(JsonLine.write(command).getBytes(StandardCharsets.UTF_8), OLD);
    command.put("zone", "Z2");
    assertEquals(
        "BAD_SIGNATURE", send(JsonLine.write(command).getBytes(StandardCharsets.UTF_8), signature));
    assertEquals(Permit.GRANTED, scan.permit(1));
  }

  @Test
  void aTripMayBeRepeatedForAMinuteAndNotReplayedLater() throws Exception {
    Map<String, Object> command = command(nonce());
    assertEquals("TRIPPED", trip(command, OLD));
    assertEquals("TRIPPED", trip(command, OLD));
    assertEquals(Permit.WITHHELD, scan.permit(0));
    skipNanos.set(59_000_000_000L);
    assertEquals("TRIPPED", trip(command, OLD));
    skipNanos.set(61_000_000_000L);
    assertEquals("STALE_COMMAND", trip(command, OLD));
  }

  @Test
  void aCommandForAnotherStationOrAnotherJournalIsRefused() throws Exception {
    Map<String, Object> other = command(nonce());
    other.put("station", site.mine() + "/99999");
    assertEquals("OTHER_STATION", trip(other, OLD));
    Map<String, Object> earlier = command(nonce());
    earlier.put("epoch", "f".repeat(32));
    assertEquals("OTHER_STATION", trip(earlier, OLD));
  }

  @Test
  void theFormatHasNoRoomForAnythingThatRestores() throws Exception {
    Map<String, Object> more = command(nonce());
    more.put("restore", "yes");
    assertEquals("MALFORMED", trip(more, OLD));
    Map<String, Object> unknown = command(nonce());
    unknown.put("zone", "local fan");
    assertEquals("UNKNOWN_ZONE", trip(unknown, OLD));
  }

  @Test
  void withoutACountyKeyEveryTripIsRefusedAndNoNonceIsShown() throws Exception {
    stopInterlock();
    start(Optional.empty());
    assertEquals("NO_COUNTY_KEY", trip(command("0000000000000000"), OLD));
    assertNull(nonce());
    assertEquals(Permit.GRANTED, scan.permit(0));
  }
}
