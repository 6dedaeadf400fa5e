package davy.controller.replay;

import davy.controller.event.EventCode;
import davy.controller.interlock.Event;
import davy.controller.interlock.Plan;
import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import davy.controller.journal.JournalRecord;
import davy.controller.recording.ValueJson.Unlike;
import davy.controller.scan.EventEntries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes every decision of a journal again and compares: what was recorded with what is decided
 * today. A run is the life of one interlock process. Where inputs are missing nothing is judged
 * until the recording begins again, and it is said so.
 */
public final class Replay {

  /**
   * @param runs in the order of the journal
   * @param before decision records that stand before the first recording of inputs
   */
  public record Report(List<Run> runs, long before) {

    /** Every decision of every run was made again and is the same, and none was left out. */
    public boolean same() {
      return runs.stream().allMatch(run -> run.differences().isEmpty() && run.gaps().isEmpty());
    }
  }

  /**
   * One run.
   *
   * @param seq where it begins, and its time label
   * @param steps made again, over so many nanoseconds
   * @param decisions recorded ones that were compared
   * @param unjudged recorded ones for which inputs are missing
   * @param differences in the order of time, at most {@link Comparison#MOST}
   * @param more differences beyond those
   * @param cutOff decided last of all, and the journal ends before it says so
   * @param gaps from where on nothing can be vouched for, and why
   * @param otherStates whole states that were recorded otherwise than held today: no difference by
   *     itself, but the way to one
   */
  public record Run(
      long seq,
      String time,
      long steps,
      long nanos,
      long decisions,
      long unjudged,
      List<Difference> differences,
      long more,
      long cutOff,
      List<Gap> gaps,
      List<Long> otherStates) {}

  /**
   * @param seq of the recorded decision, else of the inputs
   * @param tick of the scan, and its time label
   * @param subject zone, point or fan
   * @param recorded what the journal says, empty where nothing
   * @param today what is decided today, empty where nothing
   */
  public record Difference(
      long seq,
      long tick,
      String time,
      String subject,
      Optional<String> recorded,
      Optional<String> today) {}

  public record Gap(long seq, String time, String why) {}

  private final Optional<Plan> instead;
  private final List<Run> runs = new ArrayList<>();
  private Optional<Running> running = Optional.empty();
  private long before;

  private Replay(Optional<Plan> instead) {
    this.instead = instead;
  }

  /** A run under way. */
  private static final class Running {
    private final JournalRecord begin;
    private final Comparison comparison = new Comparison();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Long> otherStates = new ArrayList<>();
    private Optional<Player> player = Optional.empty();
    private JournalRecord latest;
    private long steps;
    private long nanos;
    private long unjudged;

    Running(JournalRecord begin) {
      this.begin = begin;
      this.latest = begin;
    }
  }

  /**
   * @param instead a plan to decide by instead of the recorded one
   */
  public static Report of(JournalReader reader, Optional<Plan> instead) throws IOException {
    Replay replay = new Replay(instead);
    for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
      switch (item.get()) {
        case Item.Good good -> replay.take(good.record());
        case Item.Bad bad -> replay.gap("damaged: " + bad.file() + " line " + bad.line());
      }
    }
    replay.end();
    return new Report(List.copyOf(replay.runs), replay.before);
  }

  private void take(JournalRecord record) {
    running.ifPresent(run -> run.latest = record);
    Optional<EventCode> code = EventCode.of(record.code());
    if (code.isEmpty()) {
      return;
    }
    if (code.get() == EventCode.PROCESS_STARTED) {
      end();
    } else if (code.get() == EventCode.INPUTS_BEGIN) {
      begin(record);
    } else if (code.get() == EventCode.INPUTS) {
      play(record);
    } else if (Comparison.isDecision(code.get())) {
      decided(record);
    }
  }

  private void begin(JournalRecord record) {
    if (record.fields().containsKey("saved") || running.isEmpty()) {
      end();
      running = Optional.of(new Running(record));
    }
    Running run = running.orElseThrow();
    if (run.player.isPresent() && run.player.get().standsAt(record)) {
      if (!run.player.get().goOn(record)) {
        run.otherStates.add(record.seq());
      }
      return;
    }
    gap("the recording begins anew: what came before it was lost");
    try {
      run.player = Optional.of(new Player(record, instead));
    } catch (Unlike unlike) {
      gaps(run, unlike.getMessage());
    }
  }

  private void play(JournalRecord record) {
    if (running.isEmpty() || running.get().player.isEmpty()) {
      return;
    }
    Running run = running.get();
    Player player = run.player.get();
    EventEntries entries = new EventEntries(player.plan(), player.digest());
    try {
      long from = player.at().nanos();
      boolean whole =
          player.play(
              record,
              played -> {
                run.steps++;
                for (Event event : played.decision().events()) {
                  entries
                      .of(event, played.at(), played.at())
                      .ifPresent(entry -> run.comparison.today(entry, record));
                }
              });
      run.nanos += player.at().nanos() - from;
      if (!whole) {
        gap("inputs are missing before it");
      }
    } catch (Unlike unlike) {
      gap(unlike.getMessage());
    }
  }

  private void decided(JournalRecord record) {
    if (running.isEmpty()) {
      before++;
    } else if (running.get().player.isEmpty()) {
      running.get().unjudged++;
    } else {
      running.get().comparison.recorded(record);
    }
  }

  /** From here on nothing can be vouched for, until the recording begins again. */
  private void gap(String why) {
    running.filter(run -> run.player.isPresent()).ifPresent(run -> gaps(run, why));
  }

  private static void gaps(Running run, String why) {
    run.player = Optional.empty();
    run.gaps.add(new Gap(run.latest.seq(), run.latest.time(), why));
  }

  private void end() {
    if (running.isPresent()) {
      Running run = running.get();
      Comparison.Outcome outcome = run.comparison.end(run.latest);
      runs.add(
          new Run(
              run.begin.seq(),
              run.begin.time(),
              run.steps,
              run.nanos,
              run.comparison.compared(),
              run.unjudged,
              outcome.differences(),
              outcome.more(),
              outcome.cutOff(),
              List.copyOf(run.gaps),
              List.copyOf(run.otherStates)));
    }
    running = Optional.empty();
  }
}
