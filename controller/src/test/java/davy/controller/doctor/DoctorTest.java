package davy.controller.doctor;

import static davy.controller.doctor.Patient.assertSays;
import static davy.controller.doctor.Patient.worst;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other machines, shown by the files that they would have. */
final class DoctorTest {

  @TempDir Path root;

  private Patient patient;

  @BeforeEach
  void admits() {
    patient = new Patient(root);
  }

  private List<Finding> realTime(Jitter jitter) {
    return realTime(jitter, new Carriage(1_000, 30_000, 50_000_000));
  }

  private List<Finding> realTime(Jitter jitter, Carriage carriage) {
    return new RealTimeExam(patient.machine(), () -> jitter, () -> Optional.of(carriage)).look();
  }

  private void limits(String priority, String locked) throws IOException {
    patient.file(
        "/proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max locked memory         %-20s %-20s bytes
        Max realtime priority     %-20s %-20s
        Max realtime timeout      unlimited            unlimited            us
        """
            .formatted(locked, locked, priority, priority));
  }

  private static final Jitter UNGRANTED =
      new Jitter("sched_setscheduler: not permitted", 500, 80_000, 900_000, 12_500_001);
  private static final Jitter QUICK = new Jitter("", 500, 8_000, 30_000, 12_500_000);

  @Test
  void aPriorityThatWasGrantedCountsWhateverTheLimitSays() throws IOException {
    assertSays(realTime(UNGRANTED), Grade.NOTE, "priority: the limit can't be read");
    limits("39", "0");
    assertSays(realTime(UNGRANTED), Grade.NOTE, "this shell may have 39, Davy asks for 40");
    assertSays(realTime(QUICK), Grade.GOOD, "priority: SCHED_FIFO 40 was granted");
    limits("40", "0");
    assertSays(realTime(UNGRANTED), Grade.GOOD, "priority: this shell may have 40");
  }

  @Test
  void memoryIsLockedByTheLimitOrByTheCapability() throws IOException {
    assertSays(realTime(QUICK), Grade.NOTE, "memory lock: the limit can't be read");
    limits("0", "268435455");
    assertSays(realTime(QUICK), Grade.NOTE, "memory lock: this shell may have 268435455");
    limits("0", "268435456");
    assertSays(realTime(QUICK), Grade.GOOD, "memory lock: this shell may have 268435456");
    limits("0", "unlimited");
    assertSays(realTime(QUICK), Grade.GOOD, "memory lock: this shell may have unlimited");
    limits("0", "8388608");
    patient.file("/proc/self/status", "CapPrm:\t000001ffffffffff\nCapEff:\t000001ffffffbfff");
    assertSays(realTime(QUICK), Grade.NOTE, "memory lock: this shell may have 8388608");
    patient.file("/proc/self/status", "CapPrm:\t0000000000000000\nCapEff:\t0000000000004000");
    assertSays(realTime(QUICK), Grade.GOOD, "memory lock: this user may lock all");
  }

  @Test
  void theKernelsKindItsThrottleAndWhatWasMeasuredAreTold() throws IOException {
    limits("50", "unlimited");
    patient.file("/proc/sys/kernel/osrelease", "6.12.0-arm64");
    assertSays(realTime(QUICK), Grade.NOTE, "kernel: 6.12.0-arm64 is no PREEMPT_RT kernel");
    patient.file("/sys/kernel/realtime", "1");
    assertSays(realTime(QUICK), Grade.GOOD, "kernel: 6.12.0-arm64, PREEMPT_RT");
    assertEquals(Grade.GOOD, worst(realTime(QUICK)));
    assertSays(realTime(QUICK), Grade.GOOD, "jitter: woken late by 8 µs (median)");
    assertSays(realTime(UNGRANTED), Grade.NOTE, "12500 µs (worst of 500), without priority");
    List<Finding> slow = realTime(QUICK, new Carriage(1_000, 30_000, 50_001_000));
    assertSays(slow, Grade.NOTE, "50001 µs (worst of 1000): its worker has no priority");
    patient.file("/proc/sys/kernel/sched_rt_runtime_us", "100000");
    assertSays(realTime(QUICK), Grade.NOTE, "at most 100000 µs");
    patient.file("/proc/sys/kernel/sched_rt_runtime_us", "950000");
    assertEquals(Grade.GOOD, worst(realTime(QUICK)));
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
    return new ClockExam(patient.machine(), () -> wallSeconds).look();
  }

  private static final long NOW = 1_800_000_000L;
  private static final String SOURCE =
      "/sys/devices/system/clocksource/clocksource0/current_clocksource";
  private static final String RTC = "/sys/class/rtc/rtc0/since_epoch";

  @Test
  void aSlowOrCoarseCounterIsToldOf() throws IOException {
    assertSays(clock(NOW), Grade.NOTE, "monotonic: its source can't be read");
    for (String good : List.of("tsc", "arch_sys_counter", "kvm-clock")) {
      patient.file(SOURCE, good);
      assertSays(clock(NOW), Grade.GOOD, "monotonic: counted by " + good);
    }
    for (String coarse : List.of("jiffies", "hpet", "acpi_pm")) {
      patient.file(SOURCE, coarse);
      assertSays(clock(NOW), Grade.NOTE, "monotonic: counted by " + coarse + ", which is slow");
    }
  }

  @Test
  void aWallClockThatStandsBeforeItsProgramIsWrongAndAnUnsynchronisedOneToldOf()
      throws IOException {
    assertSays(clock(NOW), Grade.NOTE, "wall clock: not known to be synchronised");
    patient.file("/run/systemd/timesync/synchronized", "");
    assertSays(clock(NOW), Grade.GOOD, "wall clock: synchronised");
    assertSays(clock(1_767_225_600L), Grade.GOOD, "wall clock: synchronised");
    assertSays(clock(1_767_225_599L), Grade.WRONG, "stands before this program was made");
  }

  @Test
  void aBatteryClockIsMissedAndComparedBothWays() throws IOException {
    assertSays(clock(NOW), Grade.NOTE, "RTC: there is none");
    patient.file(RTC, "");
    assertSays(clock(NOW), Grade.NOTE, "RTC: there is none");
    patient.file(RTC, String.valueOf(NOW));
    assertSays(clock(NOW + 60), Grade.GOOD, "RTC: agrees within 60 s");
    assertSays(clock(NOW - 60), Grade.GOOD, "RTC: agrees within 60 s");
    assertSays(clock(NOW + 61), Grade.NOTE, "RTC: is 61 s away");
    assertSays(clock(NOW - 61), Grade.NOTE, "RTC: is 61 s away");
    patient.file(RTC, "-5");
    assertSays(clock(NOW), Grade.NOTE, "RTC: is 1800000005 s away");
  }

  /** A disk that is as a test says. */
  private record Disk(String type, long freeBytes, boolean writable, long worst)
      implements DiskExam.Disk {

    private static final Disk GOOD = new Disk("ext4", 1L << 30, true, 200_000_000);

    @Override
    public String type(Path folder) {
      return type;
    }

    @Override
    public long freeBytes(Path folder) {
      return freeBytes;
    }

    @Override
    public boolean writable(Path folder) {
      return writable;
    }

    @Override
    public long[] writes(Path folder) throws IOException {
      if (worst < 0) {
        throw new IOException("Input/output error");
      }
      return new long[] {3_000, worst, 5_000};
    }
  }

  private List<Finding> disk(Disk disk) {
    return new DiskExam(root.resolve("var/lib/davy/journal"), disk).look();
  }

  @Test
  void aDiskThatIsVolatileFullSlowBrokenOrForbiddenIsTold() {
    assertEquals(Grade.GOOD, worst(disk(Disk.GOOD)));
    assertSays(disk(Disk.GOOD), Grade.GOOD, "journal: on ext4");
    assertSays(disk(Disk.GOOD), Grade.GOOD, "room: 1024 MiB free");
    assertSays(disk(Disk.GOOD), Grade.GOOD, "5 µs (median), 200000 µs (worst of 3)");
    assertSays(
        disk(new Disk("tmpfs", 1L << 30, true, 5)),
        Grade.WRONG,
        "tmpfs, which a power cut empties");
    assertSays(
        disk(new Disk("ext4", (1L << 30) - 1, true, 5)), Grade.WRONG, "room: 1023 MiB free; 72 h");
    assertSays(
        disk(new Disk("ext4", 1L << 30, true, 200_000_001)), Grade.NOTE, "later than 200 ms");
    assertSays(
        disk(new Disk("ext4", 1L << 30, false, 5)),
        Grade.NOTE,
        "not timed: this user may not write");
    assertSays(disk(new Disk("ext4", 1L << 30, true, -1)), Grade.WRONG, "Input/output error");
  }

  @Test
  void theDiskIsTimedWhereTheJournalWillStandAndNothingIsLeft() throws IOException {
    Path folder = Files.createDirectories(root.resolve("state"));
    List<Finding> findings = new DiskExam(folder.resolve("journal"), DiskExam.Disk.OWN).look();
    assertTrue(findings.stream().anyMatch(f -> f.subject().equals("fdatasync")), "" + findings);
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
