package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One Modbus RTU transaction at a time, stepped and never blocking.
 *
 * <pre>
 *  IDLE --begin--> QUIET --3.5 characters of silence--> SENDING --all written--> REPLY --> IDLE
 *                                    IDLE <--deadline-- LISTENING <--answered, if so wished--'
 * </pre>
 *
 * <p>A transaction has one absolute deadline, fixed when it begins ({@link WireTime}). Nothing that
 * happens on the line makes it longer. An RTU reply carries neither address nor number, so a late
 * one looks like the answer to the next request: after every transaction without a fitting reply
 * the same function of the same slave rests until no late reply can come any more ({@link
 * #readyAt}), and what arrives before a request is sent is dropped. Only coil writes may go out
 * during that rest; their echo is then not proven.
 *
 * <p>One owner thread.
 */
final class RtuMaster {

  /** Bytes taken from the driver in one step at most, so that a babbling line cannot hold us. */
  private static final int STEP_BYTES = 1024;

  private static final long IDLE_NANOS = 1_000_000_000L;
  private static final long WRITE_RETRY_NANOS = 1_000_000L;

  private enum Phase {
    IDLE,
    QUIET,
    SENDING,
    REPLY,
    LISTENING
  }

  private enum Echo {
    UNKNOWN,
    ABSENT,
    PRESENT
  }

  /** What the caller does next. */
  sealed interface Progress {

    /**
     * @param until call again at this tick at the latest, and whenever bytes have arrived
     */
    record Pending(Tick until) implements Progress {}

    record Done(Outcome outcome) implements Progress {}
  }

  private final WireTime time;
  private final FrameTap tap;
  private final ReplyFramer framer = new ReplyFramer();
  private final SecondReply second = new SecondReply();
  private final byte[] chunk = new byte[128];
  private final Map<Integer, Tick> rests = new HashMap<>();

  private Phase phase = Phase.IDLE;
  private Echo echo = Echo.UNKNOWN;
  private SerialLine line;

  /** When the line was last busy with a byte, ours included. */
  private Tick lastByte;

  /** When bytes were last read. */
  private Tick lastRead;

  private RtuRequest request;
  private Timing timing;
  private byte[] frame = new byte[0];
  private int written;
  private boolean proven;
  private Tick latestSend;
  private Tick deadline;
  private Optional<Tick> sentAt = Optional.empty();
  private boolean listens;

  /**
   * @param line just opened; what it received before counts as noise
   */
  RtuMaster(SerialSettings settings, SerialLine line, FrameTap tap, Tick now) {
    this.time = new WireTime(settings);
    this.tap = tap;
    attach(line, now);
  }

  /** Goes on with a newly opened line; rests go on, for a late reply may survive the port. */
  void attach(SerialLine opened, Tick now) {
    line = opened;
    lastByte = now;
    lastRead = now;
    phase = Phase.IDLE;
    echo = Echo.UNKNOWN;
    second.forget();
  }

  /** From when on this request may begin: never earlier than {@code now}. */
  Tick readyAt(RtuRequest wish, Tick now) {
    return switch (wish) {
      case Read _ -> restEnd(wish, now);
      case WriteCoil _ -> now;
    };
  }

  private Tick restEnd(RtuRequest wish, Tick now) {
    return rests.getOrDefault(key(wish), now).latest(now);
  }

  private static int key(RtuRequest request) {
    return request.unit() << 8 | request.function();
  }

  boolean idle() {
    return phase == Phase.IDLE;
  }

  /**
   * When the last byte of the latest request leaves the wire; empty while it has not been handed to
   * the driver whole.
   */
  Optional<Tick> sentAt() {
    return sentAt;
  }

  /** The unit that answered one request twice, told once ({@link SecondReply}). */
  Optional<Integer> takeSharedUnit() {
    return second.takeUnit();
  }

  /**
   * Starts a transaction; the caller has asked {@link #idle} and {@link #readyAt}.
   *
   * @param listen after an answer the line stays quiet until the deadline, so that a second slave
   *     of the same address is heard
   */
  void begin(RtuRequest wish, Timing slave, boolean listen, Tick now) {
    if (phase != Phase.IDLE || now.isBefore(readyAt(wish, now))) {
      throw new IllegalStateException("the line or the slave is not ready for " + wish);
    }
    request = wish;
    timing = slave;
    listens = listen;
    frame = RtuCodec.encode(wish);
    written = 0;
    sentAt = Optional.empty();
    proven = restEnd(wish, now).equals(now);
    deadline = now.plusNanos(time.transaction(wish, slave));
    latestSend = deadline.plusNanos(-time.request() - time.usualAnswer(wish, slave));
    phase = Phase.QUIET;
  }

  /** One step. */
  Progress work(Tick now) {
    try {
      receive(now);
      return switch (phase) {
        case IDLE -> new Progress.Pending(now.plusNanos(IDLE_NANOS));
        case QUIET -> quiet(now);
        case SENDING -> send(now);
        case REPLY -> reply(now);
        case LISTENING -> listening(now);
      };
    } catch (IOException lost) {
      return done(new Outcome.Lost(lost.getMessage()), now);
    }
  }

  /**
   * Takes what has arrived: the reply's bytes, or noise to be dropped. What comes behind less than
   * a full chunk ends the next wait at once; a read that finds nothing would wait for the kernel's
   * worker, which has just brought the reply.
   */
  private void receive(Tick now) throws IOException {
    int count = chunk.length;
    for (int taken = 0; count == chunk.length && taken < STEP_BYTES; taken += count) {
      count = line.read(chunk, 0, chunk.length);
      if (count == 0) {
        return;
      }
      boolean afterSilence = !now.isBefore(lastByte.plusNanos(time.silence()));
      lastRead = now;
      lastByte = lastByte.latest(now);
      tap.received(chunk, count, now);
      second.heard(chunk, count, afterSilence);
      if (phase == Phase.REPLY || phase == Phase.SENDING) {
        framer.add(chunk, count);
      }
    }
  }

  private Progress listening(Tick now) {
    if (now.isBefore(deadline)) {
      return new Progress.Pending(deadline);
    }
    phase = Phase.IDLE;
    return new Progress.Pending(now.plusNanos(IDLE_NANOS));
  }

  private Progress quiet(Tick now) throws IOException {
    Tick quietAt = lastByte.plusNanos(time.silence());
    boolean quiet = !now.isBefore(quietAt);
    if (now.isBefore(latestSend) || now.equals(latestSend) && quiet) {
      return quiet ? send(now) : new Progress.Pending(quietAt.earliest(latestSend));
    }
    return switch (request) {
      case Read _ -> done(new Outcome.Garbled("the line was never quiet", false), now);
      case WriteCoil _ -> {
        // Perhaps the board hears it all the same; there is nothing to lose.
        long usual = time.request() + time.usualAnswer(request, timing);
        deadline = deadline.latest(now.plusNanos(usual));
        yield send(now);
      }
    };
  }

  private Progress send(Tick now) throws IOException {
    if (phase == Phase.QUIET) {
      second.asked(request);
      framer.expect(request, frame, echo == Echo.PRESENT);
      phase = Phase.SENDING;
    }
    written += line.write(frame, written, frame.length - written);
    if (written < frame.length) {
      return now.isBefore(deadline)
          ? new Progress.Pending(now.plusNanos(WRITE_RETRY_NANOS).earliest(deadline))
          : done(new Outcome.Lost("the port takes no bytes"), now);
    }
    tap.sent(frame, frame.length, now);
    lastByte = now.plusNanos(time.request());
    sentAt = Optional.of(lastByte);
    phase = Phase.REPLY;
    return reply(now);
  }

  private Progress reply(Tick now) {
    Tick quietAt = lastByte.plusNanos(time.silence());
    boolean quiet = !now.isBefore(quietAt);
    return switch (framer.look()) {
      case REPLY -> done(decoded(now), now);
      case REFUSAL -> refused(now);
      case LIKELY_REPLY -> quiet ? done(decoded(now), now) : waiting(quietAt, now);
      case LIKELY_REFUSAL -> quiet ? refused(now) : waiting(quietAt, now);
      case NOTHING -> waiting(deadline, now);
    };
  }

  private Progress waiting(Tick until, Tick now) {
    if (now.isBefore(deadline)) {
      return new Progress.Pending(until.earliest(deadline));
    }
    Outcome outcome =
        framer.heard()
            ? new Outcome.Garbled("bytes, but no reply", framer.doubled() && noneIsLate())
            : new Outcome.Silence();
    return done(outcome, now);
  }

  /** No late reply of another slave can have fallen upon this one's. */
  private boolean noneIsLate() {
    Tick asked = sentAt.orElse(deadline);
    return rests.entrySet().stream()
        .noneMatch(rest -> rest.getKey() >> 8 != request.unit() && asked.isBefore(rest.getValue()));
  }

  private Outcome decoded(Tick now) {
    long nanos = Math.max(0, lastRead.nanosSince(sentAt.orElse(now)));
    return switch (request) {
      case Read read -> {
        echo = framer.echoed() ? Echo.PRESENT : Echo.ABSENT;
        Optional<int[]> values = RtuCodec.values(read, framer.bytes(), framer.offset() + 2);
        yield values.isPresent()
            ? new Outcome.Reply(values.get(), true, arrival(), nanos)
            : new Outcome.Garbled("the reply cannot be decoded", false);
      }
      case WriteCoil _ ->
          new Outcome.Reply(new int[0], proven && echo != Echo.UNKNOWN, arrival(), nanos);
    };
  }

  /**
   * Bytes that lay in the driver while this thread was held up are not fresh: they count from the
   * deadline, by which a slave has answered.
   */
  private Tick arrival() {
    return lastRead.earliest(deadline);
  }

  /** A refusal while an earlier write is unanswered may be that one's: it ends nothing. */
  private Progress refused(Tick now) {
    int code = framer.bytes()[framer.offset() + 2] & 0xFF;
    return proven ? done(new Outcome.Refused(code, lastRead), now) : waiting(deadline, now);
  }

  private Progress done(Outcome outcome, Tick now) {
    phase =
        switch (outcome) {
          case Outcome.Reply _, Outcome.Refused _ -> {
            second.answered(request, framer.behind());
            yield listens ? Phase.LISTENING : Phase.IDLE;
          }
          case Outcome.Silence _, Outcome.Garbled _, Outcome.Lost _ -> {
            rest(now);
            yield Phase.IDLE;
          }
        };
    return new Progress.Done(outcome);
  }

  /** Nothing was asked unless the request left whole; then a reply may come long after. */
  private void rest(Tick now) {
    if (phase == Phase.IDLE) {
      return;
    }
    sentAt.ifPresent(
        sent -> {
          Tick givenUp = sent.plusNanos(time.answer(request, timing)).latest(now);
          long late = timing.lateReplyMillis() * 1_000_000L + time.characters(request.replyBytes());
          rests.merge(key(request), givenUp.plusNanos(late), Tick::latest);
        });
  }
}
