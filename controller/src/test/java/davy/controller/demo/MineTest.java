package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SlaveBank;
import davy.controller.demo.MineCommand.Word;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mine alone, in simulated time, with requests as bytes. */
final class MineTest {

  private static final String READ_T1 = "01030000000ac5cd";
  private static final String PULSE_ON = "01050200000a4c75";
  private static final String SECTION_ON = "01050201000a1db5";
  private static final String STOP_FAN = "02050000ff008c09";
  private static final String FAN_OFF = "020500000000cdf9";
  private static final String LOCK_FAN = "02050001ff00ddc9";
  private static final String OFF = "010500000000cdca";
  private static final String READ_INPUTS = "01020000000879cc";

  private final List<Fact> facts = new ArrayList<>();
  private Tick now = new Tick(1_000_000_000L);
  private final Mine mine = new Mine(7, now, facts::add);

  @BeforeEach
  void theGuardIsArmed() {
    mine.obey(new MineCommand(Word.MASTER, "1"), now);
  }

  private void run(long millis) {
    for (long step = 0; step < millis; step++) {
      now = now.plusMillis(1);
      mine.sensorBank().take(now);
      mine.relayBank().take(now);
      mine.contactBank().take(now);
      mine.step(now);
    }
  }

  private byte[] ask(SlaveBank bank, String request) {
    byte[] bytes = HexFormat.of().parseHex(request);
    bank.send(bytes, 0, bytes.length, now);
    byte[] all = new byte[64];
    int count = 0;
    for (int step = 0; step < 80; step++) {
      now = now.plusMillis(1);
      byte[] some = bank.take(now);
      if (bank == mine.sensorBank() && some.length > 0) {
        mine.sensorAnswered(now);
      }
      System.arraycopy(some, 0, all, count, some.length);
      count += some.length;
      mine.step(now);
    }
    return Arrays.copyOf(all, count);
  }

  private Optional<Fact> last(Fact.Kind kind) {
    return facts.stream().filter(fact -> fact.kind() == kind).reduce((_, later) -> later);
  }

  private void powerOn() {
    ask(mine.relayBank(), SECTION_ON);
    mine.obey(new MineCommand(Word.CLOSE, "Z0"), now);
    ask(mine.relayBank(), PULSE_ON);
    mine.obey(new MineCommand(Word.CLOSE, "Z1"), now);
    assertTrue(last(Fact.Kind.FEED).orElseThrow().flag("live"));
  }

  @Test
  void aBadWireSpoilsOneInThreeAnswersOfItsLinesUntilItIsGood() {
    mine.obey(new MineCommand(Word.WIRE, "all=truncated/3"), now);
    int whole = ask(mine.sensorBank(), READ_T1).length;
    assertEquals(whole, ask(mine.sensorBank(), READ_T1).length);
    assertEquals(whole - 1, ask(mine.sensorBank(), READ_T1).length);
    mine.obey(new MineCommand(Word.WIRE, "all=good"), now);
    Fact good = last(Fact.Kind.WIRE).orElseThrow();
    assertEquals("good", good.text("fault"));
    List<Fact> told =
        facts.stream().filter(fact -> fact.is(Fact.Kind.WIRE, "line", Mine.SENSORS)).toList();
    assertEquals(List.of(0L, 1L), told.stream().map(fact -> fact.number("struck")).toList());
    for (int i = 0; i < 3; i++) {
      assertEquals(whole, ask(mine.sensorBank(), READ_T1).length);
    }
    mine.obey(new MineCommand(Word.WIRE, "all=rust"), now);
    assertEquals(Fact.Kind.REFUSED, facts.getLast().kind());
  }

  @Test
  void anAnswerTakesItsTimeAtTheLinesBaud() {
    Tick asked = now;
    byte[] bytes = HexFormat.of().parseHex(READ_T1);
    mine.sensorBank().send(bytes, 0, bytes.length, now);
    int count = 0;
    while (count < 25) {
      now = now.plusMillis(1);
      count += mine.sensorBank().take(now).length;
    }
    long least = 33 * Mine.SENSOR_LINE.characterNanos();
    assertTrue(now.nanosSince(asked) > least, now.nanosSince(asked) + " ns");
  }

  @Test
  void anOutburstCrossesTheCutOffAndItsEndBringsTheGasBack() {
    mine.obey(MineCommand.of(Word.OUTBURST), now);
    run(30_000);
    Fact crossed = last(Fact.Kind.CROSSED).orElseThrow();
    assertEquals(100, crossed.number("amount"), "T2 is the later of the two");
    assertTrue(facts.stream().anyMatch(fact -> fact.is(Fact.Kind.CROSSED, "head", "T1")));
    mine.obey(MineCommand.of(Word.CALM), now);
    run(40_000);
    assertEquals(2, facts.stream().filter(f -> f.kind() == Fact.Kind.RETURNED).count());
  }

  @Test
  void aQuietShiftCrossesNothing() {
    run(120_000);
    assertTrue(last(Fact.Kind.CROSSED).isEmpty());
  }

  @Test
  void aRelayThatNobodyRefreshesLetsGoByItself() {
    powerOn();
    run(500);
    ask(mine.relayBank(), SECTION_ON);
    run(600);
    Fact relay = last(Fact.Kind.RELAY).orElseThrow();
    assertFalse(relay.flag("energised"));
    assertFalse(relay.flag("written"));
    Fact feed = last(Fact.Kind.FEED).orElseThrow();
    assertFalse(feed.flag("live"));
    long dropOut = feed.tick().nanosSince(relay.tick()) / 1_000_000L;
    assertEquals(Mine.DROP_OUT_MILLIS, dropOut);
  }

  @Test
  void anOffFrameIsToldWithTheTickOfItsLastByte() {
    powerOn();
    Tick sent = now;
    ask(mine.relayBank(), OFF);
    Fact relay = last(Fact.Kind.RELAY).orElseThrow();
    assertTrue(relay.flag("written"));
    assertEquals(8 * Mine.RELAY_LINE.characterNanos(), relay.tick().nanosSince(sent));
    assertFalse(last(Fact.Kind.FEED).orElseThrow().flag("live"));
  }

  @Test
  void theBreakerDoesNotHoldWithoutTheRelay() {
    mine.obey(new MineCommand(Word.CLOSE, "Z1"), now);
    assertFalse(last(Fact.Kind.BREAKER).orElseThrow().flag("closed"));
    assertTrue(last(Fact.Kind.FEED).isEmpty());
  }

  @Test
  void silenceIsToldWithTheTickOfTheLastAnswerOnceARequestGoesUnanswered() {
    assertEquals(25, ask(mine.sensorBank(), READ_T1).length);
    Tick answered = now;
    run(500);
    mine.obey(new MineCommand(Word.UNPLUG, "T1"), now);
    run(100);
    assertTrue(last(Fact.Kind.SILENT).isEmpty());
    assertEquals(0, ask(mine.sensorBank(), READ_T1).length);
    Fact silent = last(Fact.Kind.SILENT).orElseThrow();
    assertTrue(silent.tick().isBefore(answered));
    assertTrue(silent.millis("pollMillis") >= 0);
    mine.obey(new MineCommand(Word.PLUG, "T1"), now);
    assertEquals(25, ask(mine.sensorBank(), READ_T1).length);
    assertTrue(last(Fact.Kind.ANSWERS).isPresent());
  }

  @Test
  void theConsentKeyIsPressedForASecond() {
    mine.obey(MineCommand.of(Word.KEY), now);
    run(5);
    assertEquals(0b110, ask(mine.contactBank(), READ_INPUTS)[3], "fan and key");
    run(1_100);
    assertEquals(0b010, ask(mine.contactBank(), READ_INPUTS)[3], "fan alone");
  }

  @Test
  void theStopOutputStopsTheFanAndItsEndDoesNotStartIt() {
    ask(mine.contactBank(), STOP_FAN);
    assertFalse(last(Fact.Kind.FAN).orElseThrow().flag("running"));
    assertEquals(0, ask(mine.contactBank(), READ_INPUTS)[3], "the run contact is open");
    ask(mine.contactBank(), FAN_OFF);
    run(1_000);
    assertFalse(last(Fact.Kind.FAN).orElseThrow().flag("running"));
    mine.obey(MineCommand.of(Word.STARTFAN), now);
    run(10);
    assertTrue(last(Fact.Kind.FAN).orElseThrow().flag("running"));
  }

  @Test
  void theStartLockOnlyBarsTheStart() {
    ask(mine.contactBank(), LOCK_FAN);
    assertTrue(last(Fact.Kind.FAN).isEmpty(), "a running fan goes on");
    mine.obey(MineCommand.of(Word.STOPFAN), now);
    run(10);
    mine.obey(MineCommand.of(Word.STARTFAN), now);
    run(10);
    assertTrue(last(Fact.Kind.FAN_START).orElseThrow().flag("locked"));
    assertFalse(last(Fact.Kind.FAN).orElseThrow().flag("running"));
  }

  @Test
  void aWeldedBreakerKeepsItsZoneLiveUntilItsFeedingZoneIsCut() {
    powerOn();
    mine.obey(new MineCommand(Word.WELD, "Z1"), now);
    ask(mine.relayBank(), SECTION_ON);
    ask(mine.relayBank(), OFF);
    run(200);
    assertTrue(last(Fact.Kind.FEED).orElseThrow().flag("live"));
    run(1_000);
    assertFalse(last(Fact.Kind.FEED).orElseThrow().flag("live"), "nobody refreshed the other");
  }

  @Test
  void aStuckHeadAndTestGasShowWhatIsNotThere() {
    mine.obey(new MineCommand(Word.TESTGAS, "T2"), now);
    run(100);
    assertEquals(200, last(Fact.Kind.CROSSED).orElseThrow().number("amount"));
    mine.obey(new MineCommand(Word.LOOSE, "T2"), now);
    run(100);
    assertTrue(last(Fact.Kind.RETURNED).isPresent());
  }

  @Test
  void aCommandForSomethingThatIsNotThereIsRefused() {
    mine.obey(new MineCommand(Word.UNPLUG, "T9"), now);
    assertEquals("unplug T9", last(Fact.Kind.REFUSED).orElseThrow().text("command"));
    assertTrue(MineCommand.read("unplug").isEmpty());
    assertTrue(MineCommand.read("calm down").isEmpty());
    assertEquals(
        Optional.of(new MineCommand(Word.FREEZE, "sensors")), MineCommand.read(" Freeze sensors "));
  }

  @Test
  void aBreakerHoldsOnlyWhileTheGuardsRelaysAndItsOwnAreBothIn() {
    powerOn();
    Tick dropped = now;
    mine.obey(new MineCommand(Word.MASTER, "0"), now);
    run(100);
    Fact dead = last(Fact.Kind.FEED).orElseThrow();
    assertFalse(dead.flag("live"));
    assertEquals(10 + Mine.DROP_OUT_MILLIS, dead.tick().nanosSince(dropped) / 1_000_000L);
    assertTrue(last(Fact.Kind.RELAY).orElseThrow().flag("energised"), "its own relay is in");
    mine.obey(new MineCommand(Word.CLOSE, "Z0"), now);
    assertFalse(last(Fact.Kind.BREAKER).orElseThrow().flag("closed"));
  }
}
