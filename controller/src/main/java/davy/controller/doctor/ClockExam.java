package davy.controller.doctor;

import davy.controller.doctor.Finding.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The counter that decides, and the wall clock and its battery that only label. */
final class ClockExam {

  /** Steady while the processor sleeps, and read without a call into the kernel. */
  private static final Set<String> GOOD_SOURCES = Set.of("tsc", "arch_sys_counter", "kvm-clock");

  private static final long ASTRAY_SECONDS = 60;

  /** 2026-01-01: before it was built. */
  private static final long YOUNGEST_SECONDS = 1_767_225_600L;

  private final Machine machine;
  private final LongSupplier wallSeconds;

  ClockExam(Machine machine, LongSupplier wallSeconds) {
    this.machine = machine;
    this.wallSeconds = wallSeconds;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(source());
    findings.add(wall());
    findings.add(battery());
    return List.copyOf(findings);
  }

  private Finding source() {
    Optional<String> source =
        machine.text("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    if (source.isEmpty()) {
      return Finding.note(Area.CLOCK, "monotonic", "its source can't be read", "");
    }
    return GOOD_SOURCES.contains(source.get())
        ? Finding.good(Area.CLOCK, "monotonic", "counted by " + source.get())
        : Finding.note(
            Area.CLOCK,
            "monotonic",
            "counted by " + source.get() + ", which is slow to read or coarse",
            "Look in the kernel's log for why it left its better source.");
  }

  private Finding wall() {
    if (wallSeconds.getAsLong() < YOUNGEST_SECONDS) {
      return Finding.wrong(
          Area.CLOCK,
          "wall clock",
          "stands before this program was made; the journal's labels will be wrong",
          "Set it: timedatectl set-time, or let a time service do it.");
    }
    return machine.has("/run/systemd/timesync/synchronized")
        ? Finding.good(Area.CLOCK, "wall clock", "synchronised since the start")
        : Finding.note(
            Area.CLOCK,
            "wall clock",
            "not known to be synchronised; the journal says so in each label",
            "timedatectl set-ntp true, where there is a time server.");
  }

  private Finding battery() {
    Optional<String> seconds = machine.text("/sys/class/rtc/rtc0/since_epoch");
    if (seconds.isEmpty() || !seconds.get().matches("-?\\d{1,12}")) {
      return Finding.note(
          Area.CLOCK,
          "RTC",
          "there is none: after a power cut the labels are wrong until the clock is set",
          "Fit a battery-backed clock.");
    }
    long astray = Math.abs(Long.parseLong(seconds.get()) - wallSeconds.getAsLong());
    return astray <= ASTRAY_SECONDS
        ? Finding.good(Area.CLOCK, "RTC", "agrees within " + ASTRAY_SECONDS + " s")
        : Finding.note(
            Area.CLOCK,
            "RTC",
            "is " + astray + " s away from the wall clock",
            "hwclock --systohc, and look at its battery.");
  }
}
