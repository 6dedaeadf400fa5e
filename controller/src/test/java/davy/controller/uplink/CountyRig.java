package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Office;
import davy.controller.config.Site;
import davy.controller.county.CountyBook;
import davy.controller.county.CountyOffice;
import davy.controller.county.PostgreSql;
import davy.controller.journal.Chain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A county with its data base, and the judge of what stands in it. */
final class CountyRig implements AutoCloseable {

  /** So many may wait for a signature. */
  private static final long UNSIGNED = 1_500;

  private final Office.Database database;
  private final Map<String, Set<String>> keys = new HashMap<>();
  private Optional<CountyOffice> office = Optional.empty();

  CountyRig() throws Exception {
    this(PostgreSql.shared().fresh());
  }

  private CountyRig(Office.Database database) {
    this.database = database;
  }

  /** Another receiver with the same data base. */
  CountyRig another() {
    return new CountyRig(database);
  }

  Office.Database database() {
    return database;
  }

  void trust(Outpost station) {
    keys.put(station.name(), Set.of(station.key()));
  }

  Office office(Site.Broker broker, String... mines) {
    return new Office("test", database, broker, List.of(mines), keys);
  }

  void start(Site.Broker broker, String... mines) {
    office = Optional.of(CountyOffice.start(office(broker, mines)));
  }

  CountyOffice running() {
    return office.orElseThrow();
  }

  /** Ends as a process does that is stopped. */
  void stop() {
    office.ifPresent(CountyOffice::close);
    office = Optional.empty();
  }

  List<CountyBook.Standing> standings() {
    try (CountyBook book = CountyBook.open(office(Outpost.broker(1)))) {
      return book.standings();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Optional<CountyBook.Standing> standing(String station) {
    return standings().stream().filter(one -> one.station().equals(station)).findFirst();
  }

  long completeTo(Outpost station) {
    return standing(station.name()).map(CountyBook.Standing::completeTo).orElse(0L);
  }

  /** All that the station has made stands in the data base, once each, as its own files hold it. */
  void awaitComplete(Outpost station, Path scratch) throws Exception {
    long last = station.journal().durableSeq();
    await(station.name() + " complete up to " + last, 60, () -> completeTo(station) == last);
    CountyBook.Standing standing = standing(station.name()).orElseThrow();
    assertEquals(List.of(), standing.findings());
    assertTrue(standing.signedTo() > 0 || last < UNSIGNED, "nothing is signed");
    List<String> kept = export(station.name());
    assertEquals(last, kept.size(), "each record once");
    assertEquals(last, new HashSet<>(kept).size(), "none twice");
    Path copy = Files.createTempDirectory(scratch, "kept");
    Files.write(copy.resolve("0000000001.jsonl"), kept, StandardCharsets.UTF_8);
    Chain.Verdict verdict = Chain.verify(copy, Set.of(), Map.of(last, station.journal().head()));
    assertTrue(verdict instanceof Chain.Verdict.Consistent, verdict.toString());
  }

  List<String> export(String station) throws Exception {
    StringWriter text = new StringWriter();
    try (CountyBook book = CountyBook.open(office(Outpost.broker(1)));
        PrintWriter out = new PrintWriter(text)) {
      book.export(station, out);
    }
    return new ArrayList<>(text.toString().lines().toList());
  }

  @Override
  public void close() {
    stop();
  }
}
