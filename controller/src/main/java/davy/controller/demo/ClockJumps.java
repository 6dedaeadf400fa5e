package davy.controller.demo;

import davy.controller.event.EventCode;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a journal tells of its clocks: each record carries the wall clock's label and the monotonic
 * tick, so a step of the one shows beside the other, and the order of the records can be compared.
 *
 * @param jumps of the wall clock against the ticks, in the order of the records
 * @param trouble where sequence numbers or ticks are out of order; empty where they are not
 */
record ClockJumps(List<Duration> jumps, String trouble) {

  /** A record is labelled a little after its tick. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private static final Duration LONG = Duration.ofDays(9 * 365L);

  /**
   * A thread takes its tick, and hands its record over when it gets to it: another's may be first,
   * as at the end of the process, when the last scan is still under way.
   */
  private static final long AT_ONCE_NANOS = 1_000_000_000L;

  private static final String SEGMENT = ".jsonl";

  /** One record's clocks. */
  private record Stamp(long seq, long tick, Instant wall, String code) {

    /**
     * Too far to be two threads that handed over at once. The begin of a recording tells from which
     * tick its steps count, which lies before.
     *
     * @param latest tick of all records before this one
     */
    boolean isBefore(long latest) {
      return tick < latest - AT_ONCE_NANOS && !code.equals(EventCode.INPUTS_BEGIN.id());
    }
  }

  static ClockJumps of(Path journal) {
    List<Duration> jumps = new ArrayList<>();
    String trouble = "";
    List<Stamp> stamps = stamps(journal);
    long latest = Long.MIN_VALUE;
    for (int i = 1; i < stamps.size(); i++) {
      Stamp before = stamps.get(i - 1);
      Stamp after = stamps.get(i);
      latest = Math.max(latest, before.tick());
      if (after.seq() != before.seq() + 1 || after.isBefore(latest)) {
        trouble = "record " + after.seq() + " is out of order";
      }
      Duration jump =
          Duration.between(before.wall(), after.wall()).minusNanos(after.tick() - before.tick());
      if (jump.abs().compareTo(SHORTEST) > 0) {
        jumps.add(jump);
      }
    }
    return new ClockJumps(List.copyOf(jumps), trouble);
  }

  private static List<Stamp> stamps(Path journal) {
    try (Stream<Path> files = Files.list(journal)) {
      List<Stamp> stamps = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(SEGMENT)).sorted().toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.lines().forEach(line -> add(line, stamps));
      }
      return stamps;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line may be half written while the run goes on. */
  private static void add(String line, List<Stamp> stamps) {
    try {
      Map<String, Object> fields = JsonLine.read(line);
      if (fields.get("seq") instanceof Long seq
          && fields.get("tick") instanceof Long tick
          && fields.get("time") instanceof String time
          && fields.get("code") instanceof String code) {
        stamps.add(new Stamp(seq, tick, Instant.parse(time), code));
      }
    } catch (JsonLine.Malformed _) {
      // Whole by the next look, or complained of by the chain.
    }
  }

  /** How many of these went by years: ahead, or back. */
  long years(boolean ahead) {
    return jumps.stream()
        .filter(jump -> jump.abs().compareTo(LONG) > 0 && jump.isPositive() == ahead)
        .count();
  }

  /** How many went by minutes. */
  long minutes(boolean ahead) {
    return jumps.stream()
        .filter(jump -> jump.abs().compareTo(LONG) <= 0 && jump.isPositive() == ahead)
        .count();
  }
}
