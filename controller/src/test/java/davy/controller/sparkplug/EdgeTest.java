package davy.controller.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.link.TestSite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the edge node says, and in which order. The rules are those of the specification, 3.0. */
class EdgeTest {

  private static final String BIRTH = "spBv1.0/G/NBIRTH/N";
  private static final long NOW = 1_800_000_000_000L;

  private final EdgeModel model = EdgeModel.of(TestSite.site(Optional.empty()), () -> 7);
  private final Edge edge = new Edge(new Topics("G", "N"), model);
  private final List<Sent> sent = new ArrayList<>();
  private int room = Integer.MAX_VALUE;

  private record Sent(String topic, Decoded message) {}

  private boolean send(String topic, byte[] payload) {
    if (room == 0) {
      return false;
    }
    room--;
    sent.add(new Sent(topic, Decoded.of(payload)));
    return true;
  }

  private static Frame frame(String t1) {
    return Frame.read(Frames.line(41, t1, true), NOW);
  }

  private boolean turn(Frame frame) {
    return edge.turn(this::send, frame, NOW);
  }

  private List<String> topics() {
    return sent.stream().map(Sent::topic).toList();
  }

  private void begin() {
    edge.connected(5);
    assertTrue(turn(frame("0.40")));
  }

  @Test
  void theNodeIsBornFirstThenEveryDeviceThenChangesAreTold() {
    begin();
    assertEquals(
        List.of(
            BIRTH,
            "spBv1.0/G/DBIRTH/N/Zone-Z1",
            "spBv1.0/G/DBIRTH/N/Zone-Z2",
            "spBv1.0/G/DBIRTH/N/Heads-T1",
            "spBv1.0/G/DBIRTH/N/Heads-T2",
            "spBv1.0/G/DBIRTH/N/Heads-V1"),
        topics());
    assertEquals(
        List.of(0L, 1L, 2L, 3L, 4L, 5L), sent.stream().map(one -> one.message().seq()).toList());
    sent.clear();
    assertTrue(turn(frame("0.41")));
    assertEquals(List.of("spBv1.0/G/DDATA/N/Heads-T1"), topics());
    assertEquals(6, sent.getFirst().message().seq());
  }

  @Test
  void aBirthHoldsEveryMetricWithNameAliasTypeTimeAndDisplayName() {
    begin();
    Set<Long> aliases = new HashSet<>();
    for (Sent birth : sent) {
      Set<String> names = new HashSet<>();
      for (Decoded.Metric metric : birth.message().metrics()) {
        assertTrue(metric.name().matches("[A-Za-z0-9_/ -]+"), metric.name());
        assertTrue(names.add(metric.name().toLowerCase(Locale.ROOT)), "twice " + metric.name());
        assertTrue(Set.of(4L, 10L, 11L, 12L).contains(metric.type()), "type " + metric.type());
        assertTrue(metric.time() > 0, metric.toString());
        assertTrue(metric.isNull() || metric.value().isPresent(), metric.toString());
        boolean own = metric.name().equals("bdSeq") || metric.name().startsWith("Node Control/");
        assertEquals(own, metric.alias() == -1, metric.name());
        assertTrue(own || aliases.add(metric.alias()), "alias twice: " + metric);
        assertTrue(
            metric.name().equals("bdSeq") || metric.properties().containsKey("displayName"),
            metric.name());
      }
    }
    Decoded birth = sent.getFirst().message();
    assertEquals(Optional.of(5L), birth.metric("bdSeq").value());
    assertEquals(Optional.of(false), birth.metric("Node Control/Rebirth").value());
  }

  @Test
  void theBirthTellsTheJournalsHeadTheMarksAndTheOpenAlarms() {
    edge.connected(0);
    turn(Frame.read(Frames.line(41, "1.60", false), NOW));
    Decoded birth = sent.getFirst().message();
    Map<String, Object> expected =
        Map.of(
            "Journal/Epoch",
            "e1",
            "Journal/HeadSeq",
            41L,
            "Journal/HeadHash",
            "hash-41",
            "Journal/AckedSeq",
            7L,
            "Profile/Name",
            "test-heading",
            "Profile/Digest",
            "p1",
            "Site/Bench",
            true,
            "Alarm/T1-limit/Life",
            "Unacknowledged",
            "Alarms/Open",
            1L,
            "Bypass/Count",
            0L);
    expected.forEach(
        (name, value) -> assertEquals(Optional.of(value), birth.metric(name).value(), name));
    assertEquals(Optional.of(false), birth.metric("Profile/Reviewed").value());
    assertEquals(Optional.of(true), birth.metric("Site/Demo").value());
    Decoded zone = sent.get(1).message();
    assertEquals(Optional.of(false), zone.metric("Granted").value());
    assertEquals(Optional.of("METHANE_HIGH"), zone.metric("Causes/First").value());
  }

  @Test
  void dataHoldsAliasTimeAndValueInTheOrderOfTime() {
    begin();
    sent.clear();
    turn(Frame.read(Frames.line(41, "faulty", false), NOW + 9));
    for (Sent data : sent) {
      long before = 0;
      for (Decoded.Metric metric : data.message().metrics()) {
        assertEquals("", metric.name());
        assertEquals(-1, metric.type());
        assertTrue(metric.alias() > 0);
        assertTrue(metric.time() >= before);
        assertFalse(metric.historical());
        before = metric.time();
      }
    }
    sent.clear();
    assertTrue(turn(Frame.read(Frames.line(41, "faulty", false), NOW + 10)));
    assertEquals(List.of(), topics(), "what has not changed is no news");
  }

  @Test
  void aHeadWithoutAGoodReadingIsNullWithItsQualityAndItsState() {
    begin();
    Decoded birth = sent.get(3).message();
    long value = birth.metric("T1/Value").alias();
    assertEquals(Optional.of(0.4), birth.metric("T1/Value").value());
    assertEquals("%CH4", birth.metric("T1/Value").properties().get("engUnit"));
    for (Map.Entry<String, Long> says :
        Map.of("faulty", 0L, "overRange", 0L, "stale", 500L, "never", 500L).entrySet()) {
      turn(frame("0.40"));
      sent.clear();
      turn(frame(says.getKey()));
      Decoded.Metric told = with(value);
      assertTrue(told.isNull() && told.value().isEmpty(), told.toString());
      assertEquals(says.getValue(), told.properties().get("Quality"), says.getKey());
      long state = birth.metric("T1/State").alias();
      assertEquals(Optional.of(says.getKey()), with(state).value());
    }
    sent.clear();
    turn(frame("0.42"));
    assertEquals(192L, with(value).properties().get("Quality"), "good again is told");
    assertEquals(Optional.of(0.42), with(value).value());
  }

  private Decoded.Metric with(long alias) {
    return sent.stream()
        .flatMap(one -> one.message().metrics().stream())
        .filter(metric -> metric.alias() == alias)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSequenceNumberGoesRoundAndIsUsedUpOnlyByWhatLeft() {
    begin();
    long last = 5;
    for (int i = 0; i < 600; i++) {
      room = i % 3 == 0 ? 0 : Integer.MAX_VALUE;
      sent.clear();
      assertEquals(i % 3 != 0, turn(frame("0." + (10 + i % 200))));
      for (Sent one : sent) {
        last = (last + 1) % 256;
        assertEquals(last, one.message().seq());
      }
    }
  }

  @Test
  void whatChangesAllTheTimeIsToldNowAndThenAndAClockThatJumpsHoldsNothingUp() {
    begin();
    sent.clear();
    turn(Frame.read(Frames.line(42, "0.40", true), NOW + 4_999));
    assertEquals(List.of(), topics());
    turn(Frame.read(Frames.line(43, "0.40", true), NOW + 5_000));
    assertEquals(List.of("spBv1.0/G/NDATA/N"), topics());
    assertEquals(2, sent.getLast().message().metrics().size(), "head and its hash together");
    turn(Frame.read(Frames.line(44, "0.41", true), NOW - 20_000_000_000L));
    assertEquals(3, sent.size(), "both at once");
    long back = sent.getLast().message().metrics().getFirst().time();
    assertEquals(NOW - 20_000_000_000L - 100, back, "told as the clock has it");
  }

  @Test
  void noDataBeforeEveryBirthHasLeft() {
    edge.connected(0);
    for (int i = 0; i < 6; i++) {
      room = 1;
      turn(frame("0.4" + i));
    }
    assertEquals(6, sent.size());
    assertTrue(topics().stream().allMatch(topic -> topic.contains("BIRTH")), topics().toString());
    room = 5;
    assertTrue(turn(frame("0.49")));
    assertTrue(topics().getLast().contains("DDATA"), topics().toString());
  }

  @Test
  void aRebirthKeepsBdSeqBeginsAtSeq0AndIsNoDeath() {
    begin();
    sent.clear();
    edge.rebirth();
    turn(frame("0.40"));
    assertEquals(6, sent.size());
    assertEquals(BIRTH, topics().getFirst());
    assertEquals(0, sent.getFirst().message().seq());
    assertEquals(Optional.of(5L), sent.getFirst().message().metric("bdSeq").value());
    assertTrue(topics().stream().noneMatch(topic -> topic.contains("DEATH")));
  }

  @Test
  void withoutTheInterlockEveryDeviceIsDeadAndNothingOfItIsShownAsPresent() {
    begin();
    sent.clear();
    turn(Frame.none(NOW + 1));
    assertEquals(5, topics().stream().filter(topic -> topic.contains("DDEATH")).count());
    Decoded node = sent.getLast().message();
    assertEquals("spBv1.0/G/NDATA/N", topics().getLast());
    assertTrue(node.metrics().stream().anyMatch(m -> m.value().equals(Optional.of(false))));
    assertTrue(node.metrics().stream().filter(Decoded.Metric::isNull).count() > 10);
    sent.clear();
    turn(Frame.none(NOW + 2));
    assertEquals(List.of(), topics());
    turn(frame("0.40"));
    assertEquals(5, topics().stream().filter(topic -> topic.contains("DBIRTH")).count());
  }

  @Test
  void aBirthWithoutTheInterlockKnowsNothingOfIt() {
    edge.connected(0);
    turn(Frame.none(NOW));
    assertEquals(List.of(BIRTH), topics());
    Decoded birth = sent.getFirst().message();
    assertEquals(Optional.of(false), birth.metric("Interlock/Connected").value());
    assertTrue(birth.metric("Alarm/T1-limit/Life").isNull());
    assertEquals(500L, birth.metric("Journal/Epoch").properties().get("Quality"));
    assertEquals(Optional.of("heading-3204"), birth.metric("Site/Name").value());
  }

  @Test
  void whatTheFrameHasNoRoomForIsNotTakenForNormal() {
    edge.connected(0);
    String alarms = ",{\"name\":\"x\"}".repeat(60).substring(1);
    String full =
        Frames.line(1, "0.40", true)
            .replace("\"open\":[]", "\"open\":[" + alarms + "]")
            .replace("\"count\":0", "\"count\":61");
    turn(Frame.read(full, NOW));
    assertTrue(sent.getFirst().message().metric("Alarm/T1-limit/Life").isNull());
  }

  @Test
  void theDeathOfTheNodeHoldsItsBdSeqAndNothingElse() {
    Decoded death = Decoded.of(Payload.nodeDeath(255, NOW));
    assertEquals(-1, death.seq());
    assertEquals(1, death.metrics().size());
    assertEquals(Optional.of(255L), death.metric("bdSeq").value());
    assertEquals(4, death.metric("bdSeq").type());
  }
}
