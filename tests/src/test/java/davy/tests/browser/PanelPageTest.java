package davy.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.controller.config.Site;
import davy.controller.panel.Frames;
import davy.controller.panel.Panel;
import davy.controller.panel.Relay;
import davy.hal.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
final class PanelPageTest {

  private static final String ZONE = "document.querySelector('.zone')?.innerText";
  private static final String BANNER = "document.getElementById('banner')";

  private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Frames frames = new Frames();
  private volatile String frame = Script.quiet();
  private Panel panel;
  private Browser browser;

  private final class Interlock implements Relay {
    @Override
    public String trouble() {
      return "connection refused";
    }

    @Override
    public String trip(String zone, String person) {
      asked.add("trip " + zone + " " + person);
      return "{\"accepted\":true,\"answer\":\"TRIPPED\",\"text\":\"power withheld\"}";
    }

    @Override
    public String ask(String kind, Map<String, String> fields) {
      asked.add(kind + " " + new TreeMap<>(fields));
      return "{\"accepted\":false,\"answer\":\"REFUSED_CAUSE_ACTIVE\",\"text\":\"still active\"}";
    }
  }

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Browser.installed().isPresent(), "no Chromium: apt-get install chromium");
    var settings = new Site.PanelSettings("127.0.0.1", 0);
    panel = Panel.start(settings, frames, new Interlock(), Clock.SYSTEM);
    pulse.scheduleAtFixedRate(this::beat, 0, 200, TimeUnit.MILLISECONDS);
    browser = Browser.open(Browser.installed().get());
  }

  private void beat() {
    if (!frame.isEmpty()) {
      frames.show(frame, Clock.SYSTEM.now());
    }
  }

  @AfterEach
  void stop() throws Exception {
    pulse.shutdownNow();
    if (browser != null) {
      browser.close();
      panel.close();
    }
  }

  @Test
  void aGlanceTellsWhatIsDeadAndWhyInBothLanguages() throws Exception {
    open("en", "POWER ON");
    assertTrue(row("T1").contains("0.40"));
    assertEquals("true", browser.evaluate(BANNER + ".hidden"));
    assertTrue(text("marks").contains("BENCH"));
    assertTrue(text("marks").contains("profile not reviewed"));
    assertEquals("cn-aq1029-heading 0f1e2d3c", text("profile"));
    fits();
    keep("quiet-en");

    frame = Script.tripped();
    browser.await(ZONE + ".includes('POWER OFF')");
    assertTrue(browser.evaluate(ZONE).contains("methane high T1"));
    assertTrue(row("T1").contains("TRIP"));
    assertTrue(row("T2").contains("ALARM"));
    assertTrue(text("trips").contains("command 1.2 ms · written 17.5 ms · feed dead 259.0 ms"));
    fits();
    keep("tripped-en");

    browser.evaluate("document.getElementById('language').click()");
    browser.await(ZONE + ".includes('首因: 甲烷超限 T1')");
    assertTrue(row("T1").contains("断电"));
    keep("tripped-zh");
  }

  @Test
  void aValueThatIsNotPresentIsNeverShownAsPresent() throws Exception {
    frame = Script.welded();
    open("en", "CUT, BUT FEED IS LIVE!");
    assertEquals("—", value("T1"));
    assertTrue(row("T1").contains("SILENT") && row("T1").contains("last 0.40"));
    assertEquals("—", value("T2"));
    assertTrue(row("T2").contains("FAULT") && row("T2").contains("broken line"));
    assertTrue(row("CO").contains("OVER RANGE"));
    assertTrue(row("T4").contains("NO DATA"));
    fits();
    keep("welded-en");
  }

  @Test
  void whenTheInterlockFallsSilentThePageSaysSoAndShowsNothingAsPresent() throws Exception {
    open("en", "POWER ON");
    frame = "";
    browser.await(ZONE + ".includes('UNKNOWN')");
    browser.await(BANNER + ".innerText.includes('connection refused')");
    assertTrue(text("banner").contains("No connection to the interlock for"));
    assertEquals("—", value("T1"));
    assertEquals("lost", browser.evaluate("document.body.className"));
    keep("silent-en");
    frame = Script.quiet();
    browser.await(ZONE + ".includes('POWER ON')");
    browser.await(BANNER + ".hidden");
  }

  @Test
  void whenTheStationDiesThePageItselfSaysSo() throws Exception {
    open("zh", "供电");
    panel.close();
    browser.await(BANNER + ".innerText.includes('失去联系')");
    assertTrue(browser.evaluate(ZONE).contains("状态不明"));
    assertEquals("—", value("T1"));
    keep("station-lost-zh");
  }

  @Test
  void aGuardOfAnotherVersionIsToldInWords() throws Exception {
    frame = Script.foreignGuard();
    open("zh", "供电");
    String told = text("health");
    assertTrue(told.contains("看门狗失联: the guard speaks protocol version 2"), told);
    assertTrue(told.contains("看门狗拒绝投入: 协议版本不符 [VERSION]"), told);
  }

  @Test
  void timesOfScanBusAndRepliesAreToldAndErrorsByKind() throws Exception {
    frame = Script.measured();
    open("en", "POWER ON");
    String told = text("health");
    assertTrue(told.contains("late scans: 7"), told);
    assertTrue(told.contains("scan takes (99.9 %, longest): 0.4 ms, 2.3 ms"), told);
    assertTrue(told.contains("sensors transactions (99.9 %, longest): 51.2 ms, 60.0 ms"), told);
    String errors = "✗ silences 3, bad frames 41, exceptions 2, second answers 1";
    assertTrue(told.contains("head-1 replies (99.9 %, longest): 33.1 ms, 34.0 ms · " + errors));
    assertTrue(told.contains("head-2 replies (99.9 %, longest): 30.0 ms, 31.0 ms"), told);
    assertFalse(told.contains("31.0 ms ·"), told);
    fits();
  }

  @Test
  void aTripAndAResetAreAskedWithTheKeyboardAlone() throws Exception {
    frame = Script.tripped();
    open("en", "POWER OFF");
    focus("button.trip");
    browser.press("Enter");
    browser.await("document.getElementById('ask').open");
    assertEquals(List.of(), asked);
    browser.type("Li Na");
    browser.press("Enter");
    browser.await("document.getElementById('ask-answer').innerText === 'power withheld'");
    assertEquals(List.of("trip Z1 Li Na"), asked);
    browser.press("Enter");
    browser.await("!document.getElementById('ask').open");

    focus("button.reset");
    browser.press("Enter");
    browser.await("document.getElementById('ask').open");
    browser.press("Tab");
    browser.type("4711");
    browser.press("Tab");
    browser.type("0.60");
    keep("reset-en");
    browser.press("Enter");
    browser.await("document.getElementById('ask-answer').innerText === 'still active'");
    assertEquals(
        "reset {nonce=0123456789abcdef, person=Li Na, pin=4711, portable=0.60, zone=Z1}",
        asked.getLast());
    assertEquals("", browser.evaluate("document.getElementById('pin').value"));
  }

  @Test
  void fansExemptionsAlarmsAndTheConfigurationStandOnTheFirstScreen() throws Exception {
    frame = Script.registers();
    open("en", "POWER ON");
    String fan = browser.evaluate("document.querySelector('.fan').innerText");
    assertTrue(fan.contains("FAN UNKNOWN"), fan);
    assertTrue(fan.contains("start locked · fan stopped"), fan);
    String bypass = text("bypasses");
    assertTrue(bypass.contains("calibration T1 · 20:00 · Li Na + Wu · monthly"), bypass);
    assertTrue(text("configuration").contains("not accepted by two persons · d16e57d16e57"));
    assertTrue(text("alarms").contains("★ grade 2 over limit T1 · NEW · peak 1.62"));
    String hidden = "sensor CO · shelved · Li Na · being changed · 10:00";
    assertTrue(text("alarms").contains(hidden), text("alarms"));
    assertTrue(text("health").contains("guard dropped: answer too late [TOO_LATE]"));
    assertTrue(text("health").contains("guard does not arm: site file not taught to it [DIGEST]"));
    String told = "guard dropped · 3.29 V · 25.3 °C · drops 3: POWER_UP 1, TOO_LATE 2 · ✗ 2";
    assertTrue(text("health").contains(told), text("health"));
    assertTrue(text("health").contains("every release is manual"));
    assertTrue(text("answers").contains("#9"));
    fits();
    keep("registers-en");
  }

  @Test
  void whatAPersonSignsIsAskedWithEverythingItNeeds() throws Exception {
    frame = Script.registers();
    open("en", "POWER ON");
    press("#accept");
    assertTrue(text("ask-difference").contains("+ tripAt = 1.40"));
    browser.type("Li Na");
    browser.press("Tab");
    browser.type("4711");
    browser.press("Tab");
    browser.type("Wu");
    browser.press("Tab");
    browser.type("0815");
    keep("accept-en");
    send();
    assertEquals(
        "accept-configuration {digest=d16e57d16e57d16e57, nonce=0123456789abcdef, person=Li Na,"
            + " pin=4711, second=Wu, secondPin=0815}",
        asked.getLast());
    press("#rows button.small");
    browser.press("Tab");
    browser.type("4711");
    browser.press("Tab");
    browser.type("monthly");
    send();
    assertEquals(
        "calibrate {minutes=30, nonce=0123456789abcdef, person=Li Na, pin=4711, point=T1,"
            + " reason=monthly}",
        asked.getLast());
    press("#rows button.small + button.small");
    browser.press("Tab");
    browser.type("4711");
    send();
    assertEquals(
        "gas-test {nonce=0123456789abcdef, person=Li Na, pin=4711, point=T1}", asked.getLast());
    assertEquals("", browser.evaluate("document.getElementById('pin').value"));
  }

  @Test
  void whoReleasesARemoteTripIsToldWhichCountyAskedForItAndWhy() throws Exception {
    frame = Script.remote();
    open("en", "POWER OFF");
    assertTrue(browser.evaluate(ZONE).contains("Pingdingshan: rescue in 3203"));
    press("button.reset");
    assertTrue(text("ask-text").contains("remote trip: Pingdingshan: rescue in 3203"));
    keep("remote-en");
  }

  @Test
  void aCloseIsCorrectedWithTheKeyboardAlone() throws Exception {
    open("en", "POWER ON");
    assertEquals("true", browser.evaluate("document.getElementById('correct').hidden"));
    frame = Script.registers();
    browser.await("!document.getElementById('correct').hidden");
    fits();
    browser.evaluate("document.getElementById('correct').focus()");
    browser.press("Enter");
    browser.await("document.getElementById('ask').open");
    assertEquals("3", browser.evaluate("document.getElementById('occurrence').value"));
    browser.press("ArrowDown");
    browser.await("document.getElementById('occurrence').value === '1'");
    browser.press("Tab");
    for (String text : List.of("Li Na", "4711", "a blower", "drilled")) {
      browser.press("Tab");
      browser.type(text);
    }
    keep("correct-en");
    send();
    assertEquals(
        "correct-alarm {alarm=T2-limit, measure=drilled, nonce=0123456789abcdef, occurrence=1,"
            + " person=Li Na, pin=4711, reason=a blower}",
        asked.getLast());
    browser.evaluate("document.getElementById('language').click()");
    press("#correct");
    assertTrue(text("ask").contains("原记录保留"), text("ask"));
    keep("correct-zh");
  }

  private void press(String selector) throws Exception {
    browser.evaluate("document.querySelector('" + selector + "').click()");
    browser.await("document.getElementById('ask').open");
  }

  private void send() throws Exception {
    browser.press("Enter");
    browser.await("document.getElementById('ask-answer').innerText === 'still active'");
    browser.evaluate("document.getElementById('ask-no').click()");
  }

  private void open(String language, String headline) throws Exception {
    browser.go(panel.address().resolve("/?language=" + language));
    browser.await("document.querySelector('.zone .big')?.innerText === '" + headline + "'");
  }

  private void focus(String selector) throws Exception {
    browser.evaluate("document.querySelector('.zone " + selector + "').focus()");
  }

  private String text(String id) throws Exception {
    return browser.evaluate("document.getElementById('" + id + "').innerText");
  }

  private String row(String point) throws Exception {
    return browser.evaluate(rowOf(point) + ".innerText");
  }

  private String value(String point) throws Exception {
    return browser.evaluate(rowOf(point) + ".querySelector('.value').innerText").strip();
  }

  private static String rowOf(String point) {
    return "[...document.querySelectorAll('#rows tr')].find(row =>"
        + " row.querySelector('.name').innerText === '%s')".formatted(point);
  }

  /** The page needs no scrolling on the panel's screen. */
  private void fits() throws Exception {
    assertEquals("1024", browser.evaluate("document.documentElement.scrollWidth"));
    assertEquals("600", browser.evaluate("document.documentElement.scrollHeight"));
    assertFalse(browser.evaluate("document.documentElement.lang").isEmpty());
  }

  /** A picture for people to look at. */
  private void keep(String name) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    Files.write(folder.resolve(name + ".png"), browser.picture());
  }
}
