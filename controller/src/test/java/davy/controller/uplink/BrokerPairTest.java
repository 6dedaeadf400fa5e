package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;

import davy.controller.config.Site;
import davy.hal.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A pair of brokers that loses its primary. Long: two brokers of 100 jars. */
@EnabledIfSystemProperty(named = "davy.long", matches = "true")
final class BrokerPairTest {

  @TempDir Path place;

  /** Each has a folder of its own and the primary's is lost; everybody knows both addresses. */
  @Test
  void theBackupOfAReplicatedPairTakesOver() throws Exception {
    try (ArtemisPair pair = new ArtemisPair(place, ArtemisPair.Store.REPLICATED)) {
      killPrimary(pair, pair.addresses(), "replicated");
    }
    ClientThreads.awaitNone();
  }

  @Test
  void aPairWithOneStoreBehindOneAddress() throws Exception {
    try (ArtemisPair pair = new ArtemisPair(place, ArtemisPair.Store.SHARED);
        PacedProxy address = new PacedProxy(pair.ports(), 100_000_000)) {
      killPrimary(pair, Outpost.broker(address.port()), "one store");
    }
    ClientThreads.awaitNone();
  }

  private void killPrimary(ArtemisPair pair, Site.Broker broker, String kind) throws Exception {
    Path folder = Files.createDirectories(place.resolve("station"));
    try (CountyRig county = new CountyRig();
        Outpost station = new Outpost("410403004688/00001", folder, Clock.SYSTEM)) {
      station.grow(20_000);
      county.start(broker);
      station.connect(broker);
      await("some are there", 120, () -> county.completeTo(station) > 500);
      long begin = System.nanoTime();
      pair.killPrimary();
      long before = county.completeTo(station);
      station.grow(1_000);
      await("the backup serves", 120, () -> county.completeTo(station) > before);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      county.awaitComplete(station, place);
      await("the cursor", () -> station.cursor() == station.journal().durableSeq());
      System.out.printf(
          "fault table | primary of an Artemis pair killed (%s) | %d | more after %d ms |%n",
          kind, station.journal().durableSeq(), millis);
    }
  }
}
