package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.Agent;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Signs the journal's head, beside its writer and never in its way: it reads what the writer has
 * published as durable, signs that on a thread of its own, and offers the signature as one more
 * record. However long signing takes, only the checkpoint comes later.
 *
 * <p>A checkpoint is due at the start, after every {@value #EVERY_RECORDS} records, when a segment
 * was closed, every {@value #EVERY_MILLIS} ms while anything is recorded, and at the orderly end.
 * What is not yet signed is chained all the same; the next checkpoint covers it.
 */
public final class Signer implements Agent {

  static final int EVERY_RECORDS = 1_000;
  static final int EVERY_MILLIS = 60_000;
  private static final int LOOK_MILLIS = 500;

  private final Journal journal;
  private final Optional<SigningKey> key;
  private final String trouble;
  private final Clock clock;
  private final Doorbell doorbell = new Doorbell();

  private boolean begun;
  private volatile long signed;
  private volatile boolean wanted;
  private String segment = "";
  private Tick due;
  private boolean headKept = true;

  private Signer(Journal journal, Optional<SigningKey> key, String trouble, Clock clock) {
    this.journal = journal;
    this.key = key;
    this.trouble = trouble;
    this.clock = clock;
    this.due = clock.now();
  }

  Signer(Journal journal, SigningKey key, Clock clock) {
    this(journal, Optional.of(key), "", clock);
  }

  /**
   * The signer of a journal with the key of this device, which is made if there is none. A key that
   * can't be had leaves the journal unsigned, which {@link #trouble} and a record tell: a missing
   * signature is an alarm, never a reason to withhold power.
   *
   * @param folder the interlock's own
   */
  public static Signer open(Path folder, Journal journal, Clock clock) {
    try {
      return new Signer(journal, DeviceKey.open(folder), clock);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      Logger.error("the journal is not signed: {}", why);
      return new Signer(journal, Optional.empty(), why, clock);
    }
  }

  /** Empty while the journal is signed, else why it is not. Any thread. */
  public String trouble() {
    return trouble;
  }

  /** Of the key, empty where there is none. Any thread. */
  public String fingerprint() {
    return key.map(SigningKey::fingerprint).orElse("");
  }

  /** The last record that a checkpoint was made for, 0 before the first. Any thread. */
  long signedSeq() {
    return signed;
  }

  /** A checkpoint is wanted at the next look. Any thread. */
  void soon() {
    wanted = true;
  }

  @Override
  public String name() {
    return "signer";
  }

  @Override
  public Tick work(Tick now) {
    if (!begun) {
      begun = true;
      tellKey(now);
    }
    Journal.Status status = journal.status();
    Optional<String> why = why(status, now);
    if (key.isPresent() && why.isPresent()) {
      sign(key.get(), status, now, why.get());
    }
    return now.plusMillis(LOOK_MILLIS);
  }

  private Optional<String> why(Journal.Status status, Tick now) {
    if (signed == 0) {
      return Optional.of("start");
    }
    if (!status.segment().equals(segment)) {
      return Optional.of("segment");
    }
    if (status.durableSeq() - signed >= EVERY_RECORDS) {
      return Optional.of("records");
    }
    boolean news = status.durableSeq() > signed + 1;
    if (wanted && news) {
      return Optional.of("retention");
    }
    return news && !now.isBefore(due) ? Optional.of("time") : Optional.empty();
  }

  private void tellKey(Tick now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    key.ifPresentOrElse(
        one -> {
          fields.put("publicKey", one.publicKey());
          fields.put("fingerprint", one.fingerprint());
          journal.offer(new Entry(EventCode.JOURNAL_KEY, now, fields));
        },
        () -> {
          fields.put("trouble", trouble);
          journal.offer(new Entry(EventCode.JOURNAL_UNSIGNED, now, fields));
        });
  }

  /** What could not be recorded counts as not signed: it is due again at once. */
  private void sign(SigningKey with, Journal.Status status, Tick now, String why) {
    if (why.equals("segment")) {
      tellKey(now);
    }
    Checkpoint checkpoint =
        Checkpoint.sign(with, status.epoch(), status.durableSeq(), status.head());
    if (journal.offer(checkpoint.entry(now, why)) < 0) {
      return;
    }
    wanted = false;
    signed = status.durableSeq();
    segment = status.segment();
    due = now.plusMillis(EVERY_MILLIS);
    try {
      new SignedHead(checkpoint, with.publicKey()).write(journal.storage());
      headKept = true;
    } catch (IOException e) {
      if (headKept) {
        Logger.warn("journal: {} can't be written: {}", Checkpoint.HEAD_FILE, e.getMessage());
      }
      headKept = false;
    }
  }

  @Override
  public void await(Tick now, Tick until) {
    doorbell.await(now, until);
  }

  @Override
  public void wake() {
    doorbell.ring();
  }

  /** Signs what was recorded last. Its thread and the journal's must have ended. */
  @Override
  public void close() {
    journal.flush();
    key.ifPresent(one -> sign(one, journal.status(), clock.now(), "stop"));
  }
}
