package davy.controller.replay;

import davy.controller.event.EventCode;
import davy.controller.interlock.Plan;
import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalReader.Item;
import davy.controller.journal.JournalRecord;
import davy.controller.recording.ValueJson.Unlike;
import java.io.IOException;
import java.util.Optional;

/**
 * The interlock as it stood at one record of a journal: the last step not later than the record.
 *
 * @param seq of the record, and its time label
 */
public record Moment(long seq, String time, Plan plan, Player.Played step) {

  /** How far back the recording's begin is looked for first; further each time. */
  private static final long NEAR = 10_000;

  private static final int FURTHER = 8;

  /** What was looked for is not there; the message says why, for people. */
  public static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    private Missing(String message) {
      super(message);
    }
  }

  /**
   * @param seq of the record; empty for the last one
   * @throws Missing where inputs are missing before it, or another version recorded them
   */
  public static Moment at(JournalReader reader, Optional<Long> seq) throws IOException, Missing {
    JournalRecord target = target(reader, seq);
    JournalRecord begin = begin(reader, target);
    try {
      Player player = new Player(begin, Optional.empty());
      Optional<Player.Played> last = last(reader, begin, target, player);
      if (last.isEmpty()) {
        throw new Missing("the interlock had not yet decided anything at record " + target.seq());
      }
      return new Moment(target.seq(), target.time(), player.plan(), last.get());
    } catch (Unlike unlike) {
      throw new Missing("recorded by another version: " + unlike.getMessage());
    }
  }

  private static JournalRecord target(JournalReader reader, Optional<Long> seq)
      throws IOException, Missing {
    if (seq.isPresent()) {
      reader.seek(seq.get());
    } else {
      reader.seekLast(1);
    }
    Optional<JournalRecord> found = Optional.empty();
    Optional<JournalRecord> next = next(reader);
    while (next.isPresent() && next.get().seq() <= seq.orElse(Long.MAX_VALUE)) {
      found = next;
      next = next(reader);
    }
    return found
        .filter(record -> record.seq() == seq.orElse(record.seq()))
        .orElseThrow(
            () -> new Missing("there is no record " + seq.map(String::valueOf).orElse("at all")));
  }

  /** The latest begin of a recording before the record, in the same run. */
  private static JournalRecord begin(JournalReader reader, JournalRecord target)
      throws IOException, Missing {
    long back = NEAR;
    while (true) {
      reader.seek(Math.max(1, target.seq() - back));
      Optional<JournalRecord> found = Optional.empty();
      Optional<JournalRecord> next = next(reader);
      while (next.isPresent() && next.get().seq() <= target.seq()) {
        JournalRecord record = next.get();
        if (is(record, EventCode.PROCESS_STARTED)) {
          found = Optional.empty();
        } else if (is(record, EventCode.INPUTS_BEGIN)) {
          found = next;
        }
        next = next(reader);
      }
      if (found.isPresent()) {
        return found.get();
      }
      if (back >= target.seq()) {
        throw new Missing("no inputs were recorded before record " + target.seq());
      }
      back *= FURTHER;
    }
  }

  /** Plays up to the record's tick, also from records behind it: steps gather before they go. */
  private static Optional<Player.Played> last(
      JournalReader reader, JournalRecord begin, JournalRecord target, Player player)
      throws IOException, Missing, Unlike {
    Latest latest = new Latest(target.tick());
    reader.seek(begin.seq());
    Optional<JournalRecord> next = next(reader);
    while (next.isPresent() && player.at().nanos() <= target.tick()) {
      JournalRecord record = next.get();
      boolean behind = record.seq() > begin.seq();
      if (behind && is(record, EventCode.INPUTS_BEGIN)) {
        if (!player.standsAt(record)) {
          break;
        }
        player.goOn(record);
      }
      if (behind && is(record, EventCode.INPUTS) && !player.play(record, latest::take)) {
        throw new Missing("inputs are missing before record " + record.seq());
      }
      next = next(reader);
    }
    return latest.step;
  }

  /** The last step up to a tick. */
  private static final class Latest {
    private final long until;
    private Optional<Player.Played> step = Optional.empty();

    Latest(long until) {
      this.until = until;
    }

    void take(Player.Played played) {
      if (played.at().nanos() <= until) {
        step = Optional.of(played);
      }
    }
  }

  private static boolean is(JournalRecord record, EventCode code) {
    return record.code().equals(code.id());
  }

  /** The next good record; damaged lines are passed over. */
  private static Optional<JournalRecord> next(JournalReader reader) throws IOException {
    Optional<Item> item = reader.next();
    while (item.isPresent() && !(item.get() instanceof Item.Good)) {
      item = reader.next();
    }
    return item.map(Item.Good.class::cast).map(Item.Good::record);
  }
}
