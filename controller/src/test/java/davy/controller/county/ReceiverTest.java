package davy.controller.county;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.JournalReader;
import davy.controller.journal.Signer;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One station's records, as they may come over a bad line from a station that may lie. */
final class ReceiverTest {

  @TempDir private Path place;
  private final List<String> kept = new ArrayList<>();
  private String fingerprint = "";
  private long nanos = 1;

  private List<String> journal(String name, int records) throws IOException {
    Path folder = place.resolve(name);
    Journal journal = Journal.open(folder, 1 << 20, Clock.SYSTEM);
    Signer signer = Signer.open(place.resolve("interlock"), journal, Clock.SYSTEM);
    fingerprint = signer.fingerprint();
    signer.work(Clock.SYSTEM.now());
    for (int number = 1; number <= records; number++) {
      journal.offer(new Entry(EventCode.SAMPLE, Clock.SYSTEM.now(), Map.of("number", number)));
    }
    signer.close();
    journal.close();
    List<String> lines = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      reader.seek(0);
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        if (item.get() instanceof JournalReader.Item.Good good) {
          lines.add(good.record().json());
        }
      }
    }
    return lines;
  }

  private Receiver receiver() {
    return new Receiver(
        Set.of(fingerprint), part -> part.lines().forEach(line -> kept.add(line.text())));
  }

  private Optional<Receiver.Reply> hear(Receiver receiver, List<String> lines) {
    return receiver.journal(String.join("\n", lines), nanos);
  }

  private static void assertFound(Receiver receiver, long seq, String begin) {
    assertTrue(
        receiver.report().findings().stream()
            .anyMatch(found -> found.seq() == seq && found.what().startsWith(begin)),
        () -> seq + " " + begin + ": " + receiver.report().findings());
  }

  @Test
  void everyRecordIsKeptOnceCheckedAndAcknowledgedByNumberAndHash() throws IOException {
    List<String> lines = journal("a", 50);
    Receiver receiver = receiver();
    Receiver.Reply reply = hear(receiver, lines).orElseThrow();
    assertEquals("ack", reply.topic());
    assertTrue(reply.payload().contains("\"seq\":" + lines.size()), reply.payload());
    assertEquals(lines, kept);
    assertEquals(List.of(), receiver.report().findings());
    assertEquals(lines.size() - 1, receiver.report().signedTo());
    assertEquals(reply, hear(receiver, lines.subList(10, 30)).orElseThrow(), "it says it again");
    assertEquals(lines, kept, "a duplicate is harmless");
    assertEquals(20, receiver.report().again());
  }

  @Test
  void whatIsMissingIsAskedForOncePer3SecondsAndNothingBehindItIsTaken() throws IOException {
    List<String> lines = journal("a", 50);
    Receiver receiver = receiver();
    hear(receiver, lines.subList(0, 10));
    Receiver.Reply wish = hear(receiver, lines.subList(15, 20)).orElseThrow();
    assertEquals("resume", wish.topic());
    assertTrue(wish.payload().endsWith("\"from\":11}"), wish.payload());
    assertEquals("ack", hear(receiver, lines.subList(20, 30)).orElseThrow().topic());
    assertEquals(10, kept.size());
    nanos += Receiver.ASK_NANOS + 1;
    assertEquals(wish, hear(receiver, lines.subList(30, 40)).orElseThrow());
    hear(receiver, lines.subList(10, lines.size()));
    assertEquals(lines, kept);
    assertEquals(List.of(), receiver.report().findings());
  }

  @Test
  void whatTheStationHasNoMoreIsNamedAfterThreeWishesAndTheRestIsTaken() throws IOException {
    List<String> lines = journal("a", 50);
    Receiver receiver = receiver();
    hear(receiver, lines.subList(0, 10));
    List<String> rest = lines.subList(12, lines.size());
    for (int asked = 0; asked < Receiver.ASKED_TIMES; asked++) {
      assertEquals("resume", hear(receiver, rest).orElseThrow().topic());
      nanos += Receiver.ASK_NANOS + 1;
    }
    assertEquals("ack", hear(receiver, rest).orElseThrow().topic());
    assertFound(receiver, 13, "missing before it: records 11 to 12");
    assertEquals(lines.size() - 2, kept.size());
  }

  @Test
  void aLineThatDoesNotFitItsHashIsNamedKeptAndGoneOnFrom() throws IOException {
    List<String> lines = new ArrayList<>(journal("a", 50));
    lines.set(20, lines.get(20).replace("\"number\":", "\"number\":1"));
    Receiver receiver = receiver();
    assertEquals("ack", hear(receiver, lines).orElseThrow().topic());
    assertFound(receiver, 21, "changed or broken");
    assertEquals(lines, kept);
    assertEquals(lines.size(), receiver.report().completeTo());
  }

  @Test
  void anotherRecordOfANumberThatItHasIsAForgery() throws IOException {
    List<String> lines = journal("a", 10);
    List<String> other = journal("b", 10);
    Receiver receiver = receiver();
    hear(receiver, lines);
    hear(receiver, other.subList(3, 5));
    assertFound(receiver, 4, "sent again, and not as it was before");
    assertEquals(lines, kept);
  }

  @Test
  void anotherKeyAndAnotherHistoryAreNamed() throws IOException {
    List<String> lines = journal("a", 10);
    Receiver stranger = new Receiver(Set.of("f".repeat(64)), _ -> {});
    hear(stranger, lines);
    assertTrue(
        stranger.report().findings().getFirst().what().startsWith("signed with another key"));
    Receiver receiver = receiver();
    hear(receiver, lines.subList(0, 5));
    hear(receiver, journal("b", 10).subList(5, 8));
    assertFound(receiver, 6, "replaced");
  }

  @Test
  void aHeadToldByTheInterlockThatItsFilesDoNotBringIsNamedBeforeAndAfter() throws IOException {
    List<String> lines = journal("a", 20);
    Receiver receiver = receiver();
    hear(receiver, lines.subList(0, 10));
    String epoch = receiver.report().epoch();
    for (long seq : new long[] {5, 15}) {
      receiver.present(
          Map.of("journal", Map.of("epoch", epoch, "durableSeq", seq, "head", "0".repeat(64))));
    }
    assertFound(receiver, 5, "not the record that the interlock told of");
    hear(receiver, lines.subList(10, 20));
    assertFound(receiver, 15, "not the record that the interlock told of");
  }

  @Test
  void aReceiverThatWasRestartedGoesOnBehindWhatItKept() throws IOException {
    List<String> lines = journal("a", 50);
    Receiver first = receiver();
    hear(first, lines.subList(0, 30));
    Receiver.Report before = first.report();
    Receiver second = receiver();
    second.resume(before.epoch(), before.completeTo(), before.head());
    assertTrue(second.wish().payload().endsWith("\"from\":31}"));
    hear(second, lines.subList(20, lines.size()));
    assertEquals(lines, kept);
  }

  @Test
  void aJournalThatBeginsAnewIsNamedAndFollowed() throws IOException {
    List<String> lines = journal("a", 10);
    List<String> other = journal("b", 12);
    Receiver receiver = receiver();
    hear(receiver, lines);
    hear(receiver, other);
    assertFound(receiver, 1, "another journal begins; the one before was ");
    assertEquals(other.size(), receiver.report().completeTo());
    assertEquals(1, receiver.report().findings().size());
  }

  @Test
  void aReceiverOfAnUnknownStationAsksFromTheBeginOnceItKnowsTheEpoch() throws IOException {
    List<String> lines = journal("a", 10);
    Receivers receivers = new Receivers(_ -> receiver());
    String epoch = "e".repeat(32);
    var wish = receivers.heard("davy/v1/M/S/evidence", "{\"epoch\":\"" + epoch + "\"}", 1);
    assertEquals("davy/v1/M/S/resume", wish.getFirst().topic());
    assertEquals("{\"epoch\":\"" + epoch + "\",\"from\":1}", wish.getFirst().payload());
    assertTrue(receivers.heard("davy/v1/M/S/evidence", "{\"epoch\":\"e\"}", 2).isEmpty());
    assertFalse(receivers.heard("davy/v1/M/S/journal", String.join("\n", lines), 3).isEmpty());
    assertTrue(receivers.heard("davy/v1/M/S/ack", "{}", 4).isEmpty());
  }
}
