package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.journal.Forger.Line;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What someone with the disk and without the key can do to a signed journal, and how it shows. */
final class SignedTest {

  @TempDir Path place;

  private SigningKey key() throws IOException {
    return DeviceKey.open(place);
  }

  /** A journal of some runs, each with a checkpoint at its start, every 20 trips and its end. */
  private FaultyStorage written(SigningKey key, int runs, long segmentBytes) throws IOException {
    FaultyStorage storage = new FaultyStorage();
    for (int run = 0; run < runs; run++) {
      Bench bench = new Bench(storage, segmentBytes, 64);
      Signer signer = new Signer(bench.journal(), key, bench::now);
      for (int number = 1; number <= 60; number++) {
        bench.offer(EventCode.ZONE_WITHHELD, number);
        bench.pass(number % 20 == 0 ? Signer.EVERY_MILLIS : 1);
        signer.work(bench.now());
        bench.pass(1);
      }
      signer.close();
      bench.journal().close();
    }
    return storage;
  }

  private static Chain.Verdict verify(Storage storage, SigningKey key) throws IOException {
    return Chain.verify(storage, Set.of(key.fingerprint()), Map.of());
  }

  private static Chain.Damage damage(Storage storage, SigningKey key) throws IOException {
    return switch (verify(storage, key)) {
      case Chain.Verdict.Consistent consistent -> throw new AssertionError(consistent);
      case Chain.Verdict.Damaged damaged -> damaged.damage();
    };
  }

  private static Chain.Totals sound(Storage storage, SigningKey key) throws IOException {
    return switch (verify(storage, key)) {
      case Chain.Verdict.Consistent consistent -> consistent.totals();
      case Chain.Verdict.Damaged damaged -> throw new AssertionError(damaged.damage());
    };
  }

  @Test
  void anUntouchedJournalIsSignedUpToItsOrderlyEnd() throws IOException {
    FaultyStorage journal = written(key(), 2, 4096);
    Chain.Totals totals = sound(journal, key());
    assertEquals(totals.lastSeq() - 1, totals.signedSeq(), "the last record is the checkpoint");
    assertEquals(List.of(key().fingerprint()), totals.keys());
    assertTrue(totals.segments() > 4);
    Map<String, Long> why = new TreeMap<>();
    for (JournalRecord record : Bench.records(journal)) {
      record.text("why").ifPresent(text -> why.merge(text, 1L, Long::sum));
    }
    assertEquals(Set.of("segment", "start", "stop", "time"), why.keySet());
    assertTrue(why.get("segment") >= totals.segments() - 4, why.toString());
  }

  @Test
  void everyThousandRecordsAreSignedHoweverFastTheyCome() throws IOException {
    FaultyStorage storage = new FaultyStorage();
    Bench bench = new Bench(storage, 1 << 20, 2048);
    Signer signer = new Signer(bench.journal(), key(), bench::now);
    for (int number = 1; number <= 3_500; number++) {
      bench.offer(EventCode.SAMPLE, number);
      if (number % 100 == 0) {
        bench.pass(Journal.GATHER_MILLIS);
        signer.work(bench.now());
      }
    }
    assertEquals(3, Forger.of(storage).count(EventCode.JOURNAL_CHECKPOINT, "\"records\""));
  }

  @Test
  void aChangedRecordThatWasSealedAndChainedAnewIsAForgeryOfWhatTheNextCheckpointSigned()
      throws IOException {
    Forger forger = Forger.of(written(key(), 1, 1 << 20));
    int changed = forger.firstAfterCheckpoint(2);
    forger.change(changed, "\"number\":", "\"number\":9");
    FaultyStorage forged = forger.chained();
    Bench.consistent(Forger.withoutSignatures(forger).chained());
    Chain.Damage damage = damage(forged, key());
    assertTrue(damage.what().startsWith("forged: not what was signed; records "), damage.what());
    Line checkpoint = forger.line((int) damage.line() - 1);
    assertTrue(checkpoint.is(EventCode.JOURNAL_CHECKPOINT), checkpoint.text());
    assertTrue(changed < damage.line(), "named at the checkpoint behind it");
    assertTrue(damage.what().contains("to " + checkpoint.number("upTo")), damage.what());
  }

  @Test
  void aForgerWhoAlsoFixesTheCheckpointsStillLacksTheSignature() throws IOException {
    Forger forger = Forger.of(written(key(), 1, 1 << 20));
    forger.change(forger.firstAfterCheckpoint(2), "\"number\":", "\"number\":9");
    FaultyStorage forged = forger.chainedWithHeads();
    assertTrue(damage(forged, key()).what().startsWith("forged: its signature does not fit"));
  }

  @Test
  void aForgerWithAKeyOfHisOwnIsNamedByIt() throws IOException {
    FaultyStorage other = written(DeviceKey.open(place.resolve("other")), 1, 1 << 20);
    assertTrue(damage(other, key()).what().startsWith("signed with another key than the given"));
    Chain.Totals unasked = Bench.consistent(other);
    assertNotEquals(List.of(key().fingerprint()), unasked.keys());
  }

  @Test
  void aJournalWhoseCheckpointsWereTakenOutIsVouchedForByNobody() throws IOException {
    FaultyStorage bare = Forger.withoutSignatures(Forger.of(written(key(), 1, 1 << 20))).chained();
    Chain.Damage damage = damage(bare, key());
    assertTrue(damage.what().startsWith("no signature vouches for records 1 to "), damage.what());
  }

  @Test
  void removedInsertedAndReorderedRecordsAreFoundThoughChainedAnew() throws IOException {
    for (String deed : List.of("remove", "insert", "reorder")) {
      Forger forger = Forger.of(written(key(), 1, 1 << 20));
      int at = forger.firstAfterCheckpoint(2);
      switch (deed) {
        case "remove" -> forger.remove(at);
        case "insert" -> forger.insert(at, forger.line(at));
        default -> forger.swap(at, at + 1);
      }
      FaultyStorage forged = forger.chainedWithHeads();
      Chain.Damage damage = damage(forged, key());
      assertTrue(damage.what().startsWith("forged"), deed + ": " + damage);
      assertTrue(damage.line() > at, deed + ": " + damage);
    }
  }

  @Test
  void recordsCutOffTheEndAreCountedByTheSignedHead() throws IOException {
    FaultyStorage journal = written(key(), 1, 1 << 20);
    long last = sound(journal, key()).lastSeq();
    for (int gone : new int[] {2, 10, 40}) {
      Forger forger = Forger.of(journal);
      forger.cut(gone);
      Chain.Damage damage = damage(forger.chained(), key());
      assertEquals(last - gone + 1, damage.seq());
      assertEquals(
          "cut off the end: records " + (last - gone + 1) + " to " + (last - 1) + " are missing",
          damage.what());
      assertTrue(Bench.damage(forger.chained()).what().startsWith("cut off the end"));
    }
  }

  @Test
  void theLastSegmentTakenAwayOrTheHeadTakenAwayOrPutBackIsFound() throws IOException {
    FaultyStorage journal = written(key(), 1, 4096);
    FaultyStorage shorter = journal.copy();
    shorter.files.remove(Segment.all(shorter).getLast());
    assertTrue(damage(shorter, key()).what().startsWith("cut off the end"));

    FaultyStorage headless = journal.copy();
    headless.files.remove(Checkpoint.HEAD_FILE);
    assertTrue(damage(headless, key()).what().contains("can't be told"));

    FaultyStorage former = written(key(), 1, 4096);
    FaultyStorage older = journal.copy();
    older.put(Checkpoint.HEAD_FILE, former.files.get(Checkpoint.HEAD_FILE));
    assertTrue(damage(older, key()).what().contains("was put back"));
  }

  @Test
  void aHeadNotedElsewhereFindsAJournalThatWasCutBackTogetherWithItsSignedHead()
      throws IOException {
    FaultyStorage journal = written(key(), 1, 1 << 20);
    JournalRecord last = Bench.records(journal).getLast();
    FaultyStorage back = Forger.of(journal).backToCheckpoint(2, key());
    sound(back, key());
    Map<Long, String> noted = Map.of(last.seq(), last.hash());
    Set<String> trusted = Set.of(key().fingerprint());
    Chain.Verdict verdict = Chain.verify(back, trusted, noted);
    assertTrue(verdict.toString().contains("noted elsewhere, is missing"), verdict.toString());
    assertTrue(Chain.verify(journal, trusted, noted) instanceof Chain.Verdict.Consistent);
  }

  @Test
  void aStartThatFindsLessThanTheSignedHeadDoesNotContinueAndSaysSo() throws IOException {
    FaultyStorage journal = written(key(), 1, 1 << 20);
    long last = sound(journal, key()).lastSeq();
    Forger forger = Forger.of(journal);
    forger.cut(10);
    for (FaultyStorage found : List.of(forger.chained(), onlyTheHead(journal))) {
      Bench bench = Bench.open(found);
      assertTrue(bench.journal().continued());
      JournalRecord first = Bench.records(found).getLast();
      assertEquals("anew", first.text("begins").orElseThrow());
      assertTrue(first.seq() >= last, "no number is given twice");
      assertTrue(Chain.verify(found) instanceof Chain.Verdict.Damaged);
    }
  }

  private static FaultyStorage onlyTheHead(FaultyStorage journal) {
    FaultyStorage found = new FaultyStorage();
    found.put(Checkpoint.HEAD_FILE, journal.files.get(Checkpoint.HEAD_FILE));
    return found;
  }

  @Test
  @Timeout(30)
  void aKeyThatTakesForEverDelaysNoRecordAndNoOffer() throws Exception {
    Bench bench = Bench.open(new FaultyStorage());
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    Signer signer = new Signer(bench.journal(), new SlowKey(key(), signing, free), Clock.SYSTEM);
    Thread thread = Thread.ofPlatform().start(() -> signer.work(bench.now()));
    assertTrue(signing.await(20, TimeUnit.SECONDS));
    for (int number = 1; number <= 50; number++) {
      long ticket = bench.offer(EventCode.ZONE_WITHHELD, number);
      bench.pass(0);
      assertEquals(ticket, bench.journal().durableTicket(), "on disk in its own turn");
    }
    assertTrue(thread.isAlive(), "it is still signing");
    free.countDown();
    thread.join();
    bench.pass(Journal.GATHER_MILLIS);
    assertTrue(Bench.consistent(bench.storage).signedSeq() > 0, "signed late, but signed");
  }

  /** Signs only when it is let. */
  private record SlowKey(SigningKey key, CountDownLatch signing, CountDownLatch free)
      implements SigningKey {
    @Override
    public String publicKey() {
      return key.publicKey();
    }

    @Override
    public String fingerprint() {
      return key.fingerprint();
    }

    @Override
    public byte[] sign(byte[] statement) {
      signing.countDown();
      try {
        free.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return key.sign(statement);
    }
  }

  @Test
  void whatSigningCosts() throws IOException {
    SigningKey key = key();
    String hash = "a".repeat(64);
    long longest = 0;
    long begin = System.nanoTime();
    for (int upTo = 1; upTo <= 200; upTo++) {
      long one = System.nanoTime();
      Checkpoint.sign(key, "e", upTo, hash);
      longest = Math.max(longest, System.nanoTime() - one);
    }
    long mean = (System.nanoTime() - begin) / 200 / 1000;
    System.out.println("a checkpoint: " + mean + " us, the longest " + longest / 1000 + " us");
    assertTrue(mean < 200_000, "mean " + mean + " us");
  }
}
