package davy.controller.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.doctor.Finding.Grade;
import davy.hal.pi.GpioSurvey;
import davy.hal.pi.GpioSurvey.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other machines, shown by the files that they would have. */
final class DoctorTest {

  private static final String BY_PATH = "/dev/serial/by-path/socket-1";
  private static final String TIMER = "/sys/class/tty/ttyUSB0/device/latency_timer";
  private static final String PERSIST =
      "/sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs";

  /** SHA-256 of a line without a word. */
  private static final String EMPTY_LINE =
      "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private static Grade worst(List<Finding> findings) {
    return findings.stream().map(Finding::grade).max(Grade::compareTo).orElseThrow();
  }

  private static void assertSays(List<Finding> findings, Grade grade, String words) {
    assertTrue(
        findings.stream()
            .anyMatch(f -> f.grade() == grade && (f.subject() + ": " + f.words()).contains(words)),
        () -> "no " + grade + " \"" + words + "\" in " + findings);
  }

  private void adapter(String latency) throws IOException {
    file("/dev/ttyUSB0", "");
    file(TIMER, latency);
    Path link = root.resolve(BY_PATH.substring(1));
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, root.resolve("dev/ttyUSB0"));
  }

  @Test
  void anAdapterThatHoldsBytesBackIsWrong() throws IOException {
    adapter("16");
    List<Finding> findings = new SerialExam(new Machine(root)).look(Optional.empty());
    assertSays(findings, Grade.GOOD, BY_PATH + ": ttyUSB0");
    assertSays(findings, Grade.WRONG, "holds bytes back for 16 ms");
    Files.writeString(root.resolve(TIMER.substring(1)), "1\n");
    findings = new SerialExam(new Machine(root)).look(Optional.empty());
    assertEquals(Grade.GOOD, worst(findings));
  }

  /** As a kernel from 6.5 on shows a UART of its own: port, controller, device. */
  @Test
  void theDriverOfAUartIsItsOwnAndNotTheSerialCores() throws IOException {
    Path uart = root.resolve("sys/devices/uart");
    Path port = Files.createDirectories(uart.resolve("ctrl/port"));
    Files.createSymbolicLink(uart.resolve("driver"), root.resolve("sys/bus/amba/uart-pl011"));
    Files.createSymbolicLink(port.resolve("../driver"), root.resolve("sys/bus/base/ctrl"));
    Files.createSymbolicLink(port.resolve("driver"), root.resolve("sys/bus/base/port"));
    Path tty = Files.createDirectories(root.resolve("sys/class/tty/ttyAMA0"));
    Files.createSymbolicLink(tty.resolve("device"), port);
    Path link = root.resolve(BY_PATH.substring(1));
    Files.createDirectories(link.getParent());
    file("/dev/ttyAMA0", "");
    Files.createSymbolicLink(link, root.resolve("dev/ttyAMA0"));
    assertSays(
        new SerialExam(new Machine(root)).look(Optional.empty()),
        Grade.GOOD,
        "ttyAMA0, driver uart-pl011");
  }

  @Test
  void aMachineWithoutAdaptersIsToldOf() {
    List<Finding> findings = new SerialExam(new Machine(root)).look(Optional.empty());
    assertSays(findings, Grade.NOTE, "none with a stable name");
  }

  private GpioExam gpio(String label) {
    return new GpioExam(
        new Machine(root),
        new GpioExam.Chips() {
          @Override
          public List<Found> all() {
            return List.of(new Found.Chip(Path.of("/dev/gpiochip0"), "gpiochip0", label, 54));
          }

          @Override
          public GpioSurvey.Line line(Found.Chip chip, int offset) {
            throw new AssertionError("no site asks for a line");
          }
        });
  }

  @Test
  void whatBecomesOfOutputsIsToldOfEachDriver() throws IOException {
    assertSays(
        gpio("pinctrl-bcm2835").look(Optional.empty()),
        Grade.NOTE,
        "turns outputs into inputs when Davy dies");
    file(PERSIST, "N");
    assertSays(
        gpio("pinctrl-bcm2835").look(Optional.empty()),
        Grade.NOTE,
        "turns outputs into inputs when Davy dies");
    file(PERSIST, "Y");
    assertSays(gpio("pinctrl-bcm2835").look(Optional.empty()), Grade.NOTE, "keeps outputs driven");
    assertSays(
        gpio("9030000.pl061").look(Optional.empty()),
        Grade.NOTE,
        "keeps outputs driven after Davy dies: a PL061 lets no line go");
    assertSays(
        gpio("gpio-mxc").look(Optional.empty()), Grade.NOTE, "take it that they stay driven");
  }

  private List<Finding> realTime(Jitter jitter) {
    return realTime(jitter, new Carriage(1_000, 30_000, 50_000_000));
  }

  private List<Finding> realTime(Jitter jitter, Carriage carriage) {
    return new RealTimeExam(new Machine(root), () -> jitter, () -> Optional.of(carriage)).look();
  }

  private void limits(String priority, String locked) throws IOException {
    file(
        "/proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max locked memory         %-20s %-20s bytes
        Max realtime priority     %-20s %-20s
        Max realtime timeout      unlimited            unlimited            us
        """
            .formatted(locked, locked, priority, priority));
  }

  @Test
  void limitsKernelAndJitterAreToldAsTheyAre() throws IOException {
    limits("0", "8388608");
    Jitter late = new Jitter("sched_setscheduler: not permitted", 500, 80_000, 900_000, 40_000_000);
    List<Finding> findings = realTime(late);
    assertSays(findings, Grade.NOTE, "priority: this shell may have 0, Davy asks for 40");
    assertSays(findings, Grade.NOTE, "memory lock: this shell may have 8388608");
    assertSays(findings, Grade.NOTE, "no PREEMPT_RT kernel");
    assertSays(findings, Grade.NOTE, "40000 µs (worst of 500), without priority");
    limits("50", "unlimited");
    file("/sys/kernel/realtime", "1");
    file("/proc/sys/kernel/osrelease", "6.12.0-rt-arm64");
    Jitter quick = new Jitter("", 500, 8_000, 30_000, 90_000);
    assertEquals(Grade.GOOD, worst(realTime(quick)));
    List<Finding> slow = realTime(quick, new Carriage(1_000, 30_000, 50_001_000));
    assertSays(slow, Grade.NOTE, "50001 µs (worst of 1000): its worker has no priority");
    file("/proc/sys/kernel/sched_rt_runtime_us", "100000");
    assertSays(realTime(quick), Grade.NOTE, "at most 100000 µs");
  }

  @Test
  void jitterIsMeasuredWithOrWithoutPriority() {
    Jitter jitter = Jitter.measure(200_000_000, 40);
    assertEquals(100, jitter.samples());
    assertTrue(jitter.medianNanos() >= 0 && jitter.medianNanos() <= jitter.worstNanos());
  }

  @Test
  void aNumberOfTheKernelsIsReadWhole() throws IOException {
    Path own = Path.of("/proc/sys/kernel/pid_max");
    String shown;
    try (var lines = Files.lines(own)) {
      shown = lines.findFirst().orElseThrow();
    }
    assertTrue(shown.length() > 1);
    assertEquals(Optional.of(shown), Machine.OWN.text(own.toString()));
  }

  @Test
  void aTerminalsByteIsCarriedAndTimed() {
    Carriage carriage = Carriage.measure(100_000_000, 40).orElseThrow();
    assertEquals(20, carriage.samples());
    assertTrue(0 < carriage.medianNanos() && carriage.medianNanos() <= carriage.worstNanos());
  }

  private List<Finding> clock(long wallSeconds) {
    return new ClockExam(new Machine(root), () -> wallSeconds).look();
  }

  @Test
  void clocksAreComparedAndACoarseSourceIsToldOf() throws IOException {
    long now = 1_800_000_000L;
    List<Finding> bare = clock(now);
    assertSays(bare, Grade.NOTE, "RTC: there is none");
    assertSays(bare, Grade.NOTE, "not known to be synchronised");
    file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "jiffies");
    assertSays(clock(now), Grade.NOTE, "counted by jiffies");
    file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "arch_sys_counter");
    file("/run/systemd/timesync/synchronized", "");
    file("/sys/class/rtc/rtc0/since_epoch", String.valueOf(now - 60));
    assertEquals(Grade.GOOD, worst(clock(now)));
    assertSays(clock(now + 1), Grade.NOTE, "is 61 s away");
    assertSays(clock(0), Grade.WRONG, "stands before this program was made");
  }

  @Test
  void theDiskIsTimedWhereTheJournalWillStandAndNothingIsLeft() throws IOException {
    Path folder = Files.createDirectories(root.resolve("state"));
    List<Finding> findings = new DiskExam(folder.resolve("journal")).look();
    assertTrue(findings.stream().anyMatch(f -> f.subject().equals("fdatasync")), "" + findings);
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  private List<Finding> java(String flags) throws IOException {
    file("/opt/davy/etc/interlock.args", flags);
    return new JavaExam(root.resolve("opt/davy"), Path.of(System.getProperty("java.home"))).look();
  }

  @Test
  void aMissingFlagAndAnUnusableCacheAreWrong() throws IOException {
    String right = "-ea\n-XX:+ExitOnOutOfMemoryError\n--enable-native-access=ALL-UNNAMED";
    List<Finding> findings = java(right);
    assertSays(findings, Grade.GOOD, "flags: as they must be");
    assertSays(findings, Grade.NOTE, "AOT cache: none is used");
    assertSays(java("-ea"), Grade.WRONG, "a process without memory would go on");
    file("/opt/davy/lib/interlock.aot", "of another machine");
    file("/opt/davy/lib/interlock/a.jar", "");
    assertSays(java(right), Grade.WRONG, "is stale or unusable: it was made of other jars");
    file("/opt/davy/lib/interlock.aot.of", EMPTY_LINE);
    List<Finding> fitting = java(right);
    assertSays(fitting, Grade.WRONG, "is stale or unusable");
    assertTrue(fitting.stream().noneMatch(finding -> finding.words().contains("other jars")));
  }

  @Test
  void withoutItsFlagsFileDavyIsNotInstalled() {
    List<Finding> findings = new JavaExam(root, Path.of(System.getProperty("java.home"))).look();
    assertSays(findings, Grade.WRONG, "can't be read");
  }
}
