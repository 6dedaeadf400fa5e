package davy.controller.doctor;

import davy.controller.doctor.Finding.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Priorities, memory lock, the kernel's kind, and how late a thread really wakes. */
final class RealTimeExam {

  /** As the scan asks for. */
  static final int PRIORITY = 40;

  private static final long MICRO = 1_000;

  /** A quarter of the usual scan period. */
  private static final long LATE_NANOS = 12_500_000;

  /** An eighth of the guard's window. */
  private static final long CARRIED_NANOS = 50_000_000;

  private static final String UNIT =
      "Start Davy by its unit, which may have it; for a shell: ulimit -r and -l in limits.conf.";
  private static final Pattern LIMIT = Pattern.compile("(?m)^(Max .+?)  +(\\S+) +\\S+.*$");

  private static final Pattern CAPABILITIES = Pattern.compile("(?m)^CapEff:\\s+([0-9a-f]{16})$");
  private static final int HEX = 16;
  private static final long CAP_IPC_LOCK = 1 << 14;
  private static final long LOCKED_BYTES = 256L << 20;

  private final Machine machine;
  private final Supplier<Jitter> jitter;
  private final Supplier<Optional<Carriage>> carriage;

  RealTimeExam(Machine machine, Supplier<Jitter> jitter, Supplier<Optional<Carriage>> carriage) {
    this.machine = machine;
    this.jitter = jitter;
    this.carriage = carriage;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    Jitter measured = jitter.get();
    findings.add(priority(measured));
    findings.add(memory());
    findings.add(kernel());
    throttling().ifPresent(findings::add);
    findings.add(woken(measured));
    carriage.get().map(RealTimeExam::carried).ifPresent(findings::add);
    return List.copyOf(findings);
  }

  /** What was granted counts: root may have it whatever its limit says. */
  private Finding priority(Jitter measured) {
    return measured.refusal().isEmpty()
        ? Finding.good(Area.REAL_TIME, "priority", "SCHED_FIFO " + PRIORITY + " was granted")
        : limit("Max realtime priority", "priority", PRIORITY);
  }

  /** Who has the capability may lock all, whatever the limit says: so does root. */
  private Finding memory() {
    return capabilities().map(held -> (held & CAP_IPC_LOCK) != 0).orElse(false)
        ? Finding.good(Area.REAL_TIME, "memory lock", "this user may lock all (CAP_IPC_LOCK)")
        : limit("Max locked memory", "memory lock", LOCKED_BYTES);
  }

  private Optional<Long> capabilities() {
    Matcher held = CAPABILITIES.matcher(machine.text("/proc/self/status").orElse(""));
    return held.find() ? Optional.of(Long.parseUnsignedLong(held.group(1), HEX)) : Optional.empty();
  }

  private Finding limit(String name, String subject, long least) {
    Optional<String> value = value(name);
    if (value.isEmpty()) {
      return Finding.note(Area.REAL_TIME, subject, "the limit can't be read", "");
    }
    boolean enough =
        value.get().equals("unlimited")
            || value.get().matches("\\d{1,18}") && Long.parseLong(value.get()) >= least;
    String words = "this shell may have " + value.get();
    return enough
        ? Finding.good(Area.REAL_TIME, subject, words)
        : Finding.note(Area.REAL_TIME, subject, words + ", Davy asks for " + least, UNIT);
  }

  private Optional<String> value(String name) {
    Matcher limits = LIMIT.matcher(machine.text("/proc/self/limits").orElse(""));
    while (limits.find()) {
      if (limits.group(1).equals(name)) {
        return Optional.of(limits.group(2));
      }
    }
    return Optional.empty();
  }

  private Finding kernel() {
    String version = machine.text("/proc/version").orElse("unknown");
    boolean realTime = machine.text("/sys/kernel/realtime").map("1"::equals).orElse(false);
    String release = machine.text("/proc/sys/kernel/osrelease").orElse(version);
    return realTime
        ? Finding.good(Area.REAL_TIME, "kernel", release + ", PREEMPT_RT")
        : Finding.note(
            Area.REAL_TIME,
            "kernel",
            release + " is no PREEMPT_RT kernel: it promises no time",
            "Debian: linux-image-rt-amd64 or linux-image-rt-arm64.");
  }

  private Optional<Finding> throttling() {
    return machine
        .text("/proc/sys/kernel/sched_rt_runtime_us")
        .filter(micros -> !micros.equals("950000") && !micros.equals("-1"))
        .map(
            micros ->
                Finding.note(
                    Area.REAL_TIME,
                    "throttling",
                    "real-time threads run for at most " + micros + " µs of a second",
                    "Set kernel.sched_rt_runtime_us back to 950000."));
  }

  private static Finding woken(Jitter jitter) {
    String words =
        "woken late by %d µs (median), %d µs (99.9 %%), %d µs (worst of %d)%s"
            .formatted(
                jitter.medianNanos() / MICRO,
                jitter.p999Nanos() / MICRO,
                jitter.worstNanos() / MICRO,
                jitter.samples(),
                jitter.refusal().isEmpty()
                    ? ", SCHED_FIFO " + PRIORITY
                    : ", without priority: " + jitter.refusal());
    return jitter.worstNanos() <= LATE_NANOS
        ? Finding.good(Area.REAL_TIME, "jitter", words)
        : Finding.note(
            Area.REAL_TIME,
            "jitter",
            words,
            "Look for other load, power saving of the processor, and a virtual machine's host.");
  }

  private static Finding carried(Carriage carriage) {
    String words =
        "the kernel carries a terminal's byte in %d µs (median), %d µs (worst of %d)"
            .formatted(
                carriage.medianNanos() / MICRO, carriage.worstNanos() / MICRO, carriage.samples());
    return carriage.worstNanos() <= CARRIED_NANOS
        ? Finding.good(Area.REAL_TIME, "terminals", words)
        : Finding.note(
            Area.REAL_TIME,
            "terminals",
            words + ": its worker has no priority",
            "Let nothing else compute here; what must, in a session of its own (setsid).");
  }
}
