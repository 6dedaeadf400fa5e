package davy.bridge.sim;

import davy.bridge.guard.GuardCause;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The guard's firmware once more, from its description in {@code guard.h}, in milliseconds. Held to
 * the same recorded sessions ({@code guard-firmware/vectors.txt}) as the firmware itself.
 */
final class GuardModel {

  static final int MAJOR = 1;
  static final int OPEN = 20;
  static final int CLOSE = 400;
  static final int REPEAT = 100;
  static final int STATUS = 100;
  static final int GAP = 30;
  static final int TRIP = 5;
  static final int SUPPLY = 20;
  static final int FOLLOW = 200;
  static final int PRESS = 50;
  static final int HOLD = 3000;
  static final int CANDIDATE = 1000;
  static final int ANSWERS = 10;
  static final int AGE = 2000;
  static final int SUPPLY_LOW = 3000;
  static final int SUPPLY_HIGH = 3600;
  static final int NO_SUPPLY = 0xFFFF;
  static final int NO_TEMPERATURE = Short.MIN_VALUE;
  private static final int CODE_START = 0x44565947;
  private static final int SATURATED = 0xFFFF;

  /** Contacts and voltages as they are. */
  record Contacts(boolean tripOpen, boolean button, boolean fallen, int supply, int temperature) {

    private boolean supplyBad() {
      return supply != NO_SUPPLY && (supply < SUPPLY_LOW || supply > SUPPLY_HIGH);
    }
  }

  private final GuardStore store;
  private final GuardWire wire = new GuardWire();
  private final GuardCause resetCause;
  private final int capabilities;
  private final GuardVoice voice = new GuardVoice();
  private Contacts contacts = new Contacts(false, true, false, NO_SUPPLY, NO_TEMPERATURE);

  private boolean armed;
  private boolean greeted;
  private boolean haveScan;
  private boolean havePrevious;
  private boolean statusDue = true;
  private boolean buttonFree;
  private int good;
  private GuardCause refusal = GuardCause.NONE;

  private int now;
  private int uptime;
  private int sinceQuestion;
  private int sinceRepeat;
  private int sinceAccept = SATURATED;
  private int sinceStatus;
  private int sinceByte;
  private int sinceCandidate = SATURATED;
  private int tripOpenFor;
  private int supplyBadFor;
  private int unlikeFor;
  private int pressedFor;

  private int number;
  private int question;
  private int previous;
  private int scan;
  private long candidate;
  private int accepted;
  private int lost;
  private int duplicates;
  private int dropMillis;
  private int heardSequence = -1;

  /** Starts, dropped. */
  GuardModel(GuardCause reset, int capabilities, GuardStore store, int entropy, int now) {
    this.store = store;
    this.resetCause = reset;
    this.capabilities = capabilities;
    this.now = now;
    store.booted();
    question = GuardWire.mix(entropy, store.boots);
    store.note(reset);
    voice.identity(capabilities, resetCause, store);
    voice.drops(store);
  }

  boolean armed() {
    return armed;
  }

  /** What is to be sent since the last call. */
  byte[] sent() {
    return voice.taken();
  }

  void receive(byte[] bytes, int at) {
    elapse(at);
    judgeTime();
    while (wire.halfHeard() && sinceByte >= GAP) {
      wire.skip();
      wire.take().forEach(this::handle);
    }
    for (byte one : bytes) {
      wire.add(one);
      wire.take().forEach(this::handle);
      sinceByte = 0;
    }
  }

  void run(Contacts seen, int at) {
    elapse(at);
    judgeTime();
    press(seen.button());
    statusDue |= seen.tripOpen() != contacts.tripOpen();
    contacts = seen;
    supervise();
    if (greeted && sinceRepeat >= REPEAT) {
      sendQuestion();
    }
    if (statusDue || sinceStatus >= STATUS) {
      sendStatus();
    }
  }

  /** Milliseconds until {@link #run} has something to do even if nothing comes in. */
  int idleMillis() {
    if (contacts.button() || contacts.tripOpen() || contacts.supplyBad() || statusDue) {
      return 1;
    }
    int idle = STATUS - sinceStatus;
    if (greeted) {
      idle = Math.min(idle, Math.min(REPEAT - sinceRepeat, CLOSE + 1 - sinceQuestion));
    }
    if (armed == contacts.fallen() && unlikeFor < FOLLOW) {
      idle = Math.min(idle, FOLLOW - unlikeFor);
    }
    return Math.max(1, idle);
  }

  private static int plus(int count, int more) {
    return more < 0 ? SATURATED : Math.min(SATURATED, count + Math.min(SATURATED, more));
  }

  private void elapse(int at) {
    int passed = at - now;
    now = at;
    uptime += passed;
    sinceQuestion = plus(sinceQuestion, passed);
    sinceRepeat = plus(sinceRepeat, passed);
    sinceAccept = plus(sinceAccept, passed);
    sinceStatus = plus(sinceStatus, passed);
    sinceByte = plus(sinceByte, passed);
    sinceCandidate = plus(sinceCandidate, passed);
    tripOpenFor = contacts.tripOpen() ? plus(tripOpenFor, passed) : 0;
    supplyBadFor = contacts.supplyBad() ? plus(supplyBadFor, passed) : 0;
    unlikeFor = armed == contacts.fallen() ? plus(unlikeFor, passed) : 0;
    pressedFor = contacts.button() ? plus(pressedFor, passed) : pressedFor;
  }

  private void judgeTime() {
    if (greeted && sinceQuestion > CLOSE) {
      fault(GuardCause.TOO_LATE);
      havePrevious = false;
      ask();
    }
  }

  private void drop(GuardCause cause) {
    armed = false;
    dropMillis = sinceAccept;
    unlikeFor = 0;
    statusDue = true;
    store.note(cause);
    voice.drops(store);
  }

  private void fault(GuardCause cause) {
    if (armed) {
      drop(cause);
    }
    statusDue |= refusal != cause || good != 0;
    refusal = cause;
    good = 0;
  }

  private GuardCause obstacle() {
    if (store.tripLatched || contacts.tripOpen()) {
      return GuardCause.TRIP_INPUT;
    }
    if (supplyBadFor >= SUPPLY) {
      return GuardCause.SUPPLY;
    }
    if (unlikeFor >= FOLLOW) {
      return GuardCause.OUTPUT;
    }
    return greeted ? GuardCause.NONE : GuardCause.VERSION;
  }

  private void handle(GuardWire.Heard frame) {
    if (frame.type() == 0x01) {
      heardSequence = -1;
    }
    int missed = heardSequence < 0 ? 0 : frame.sequence() - heardSequence & 0xFF;
    lost = missed < 128 ? plus(lost, missed) : lost;
    heardSequence = frame.sequence() + 1 & 0xFF;
    ByteBuffer in = ByteBuffer.wrap(frame.payload()).order(ByteOrder.LITTLE_ENDIAN);
    if (frame.type() == 0x01 && in.capacity() == 2) {
      greet(in.get(0) & 0xFF);
    } else if (frame.type() == 0x02 && in.capacity() == 28) {
      answered(in);
    } else {
      wire.countBad();
    }
  }

  private void greet(int major) {
    if (armed) {
      fault(GuardCause.HOST_RESTARTED);
    }
    greeted = major == MAJOR;
    good = 0;
    haveScan = false;
    havePrevious = false;
    candidate = 0;
    voice.identity(capabilities, resetCause, store);
    voice.drops(store);
    statusDue = true;
    if (greeted) {
      ask();
    }
  }

  private void answered(ByteBuffer in) {
    if (!greeted) {
      return;
    }
    if (havePrevious && in.getInt(0) == number - 1 && in.getInt(24) == code(previous, in)) {
      duplicates = plus(duplicates, 1);
      return;
    }
    GuardCause cause = judge(in);
    long digest = in.getLong(16);
    if (cause == GuardCause.DIGEST) {
      buttonFree &= digest == candidate || !contacts.button();
      candidate = digest;
      sinceCandidate = 0;
    }
    if (cause == GuardCause.NONE) {
      accept();
    } else {
      fault(cause);
    }
    havePrevious =
        cause == GuardCause.NONE || cause == GuardCause.DIGEST || cause == GuardCause.IMAGE;
    haveScan = havePrevious;
    scan = in.getInt(4);
    previous = question;
    ask();
  }

  private GuardCause judge(ByteBuffer in) {
    int age = in.getShort(12) & 0xFFFF;
    int flags = in.get(14);
    int ahead = in.getInt(4) - scan;
    boolean fits = in.getInt(0) == number && in.getInt(24) == code(question, in);
    if (!fits || (flags & ~3) != 0 || (flags & 2) != 0 && age != 0) {
      return GuardCause.WRONG;
    }
    if (sinceQuestion < OPEN) {
      return GuardCause.TOO_EARLY;
    }
    if (haveScan && ahead <= 0) {
      return GuardCause.SCAN_REPEATED;
    }
    if ((flags & 1) == 0) {
      return GuardCause.ROLL_CALL;
    }
    if (age > AGE) {
      return GuardCause.AGE;
    }
    if (!armed && in.getInt(8) != 0) {
      return GuardCause.IMAGE;
    }
    boolean known = in.getLong(16) == store.digest && store.digest != 0;
    return known ? GuardCause.NONE : GuardCause.DIGEST;
  }

  private static int code(int question, ByteBuffer in) {
    int hash = GuardWire.mix(CODE_START, question);
    for (int word : new int[] {0, 4, 8}) {
      hash = GuardWire.mix(hash, in.getInt(word));
    }
    hash = GuardWire.mix(hash, in.getShort(12) & 0xFFFF | (in.get(14) & 0xFF) << 16);
    hash = GuardWire.mix(hash, in.getInt(16));
    return GuardWire.mix(hash, in.getInt(20));
  }

  private void accept() {
    accepted++;
    good = Math.min(ANSWERS, good + 1);
    refusal = GuardCause.NONE;
    candidate = 0;
    boolean ready = obstacle() == GuardCause.NONE && contacts.fallen();
    if (!armed && good == ANSWERS && ready) {
      armed = true;
      unlikeFor = 0;
      statusDue = true;
    }
    sinceAccept = 0;
  }

  private void press(boolean button) {
    boolean down = contacts.button();
    if (button && down && buttonFree && pressedFor >= HOLD) {
      teach();
    }
    if (!button) {
      boolean whole = down && buttonFree && pressedFor >= PRESS && pressedFor < HOLD;
      if (whole && store.tripLatched && !contacts.tripOpen()) {
        store.tripLatched = false;
        statusDue = true;
      }
      buttonFree = true;
      pressedFor = 0;
    }
  }

  private void teach() {
    buttonFree = false;
    if (!armed && candidate != 0 && sinceCandidate < CANDIDATE) {
      store.digest = candidate;
      candidate = 0;
      good = 0;
      voice.identity(capabilities, resetCause, store);
    }
  }

  private void supervise() {
    if (tripOpenFor >= TRIP && !store.tripLatched) {
      store.tripLatched = true;
      dropIfArmed(GuardCause.TRIP_INPUT);
      good = 0;
      statusDue = true;
    }
    if (supplyBadFor >= SUPPLY) {
      dropIfArmed(GuardCause.SUPPLY);
    }
    if (unlikeFor >= FOLLOW) {
      dropIfArmed(GuardCause.OUTPUT);
    }
  }

  private void dropIfArmed(GuardCause cause) {
    if (armed) {
      drop(cause);
      good = 0;
    }
  }

  private void ask() {
    number++;
    question = GuardWire.mix(question, number);
    sinceQuestion = 0;
    sendQuestion();
  }

  private void sendQuestion() {
    voice.send(0x82, GuardVoice.payload(8).putInt(number).putInt(question));
    sinceRepeat = 0;
  }

  private void sendStatus() {
    GuardCause why = obstacle() == GuardCause.NONE ? refusal : obstacle();
    int bits =
        (contacts.tripOpen() ? 1 : 0)
            | (store.tripLatched ? 2 : 0)
            | (contacts.button() ? 4 : 0)
            | (contacts.fallen() ? 8 : 0);
    ByteBuffer p = GuardVoice.payload(32).put((byte) (armed ? 1 : 0)).put((byte) store.latest[0]);
    p.put((byte) (armed ? 0 : why.ordinal())).put((byte) good).put((byte) bits).put((byte) 0);
    p.putShort((short) dropMillis).putShort((short) contacts.supply());
    p.putShort((short) contacts.temperature()).putInt(uptime).putInt(accepted);
    p.putInt(store.drops).putShort((short) wire.bad()).putShort((short) lost);
    voice.send(0x83, p.putShort((short) duplicates).putShort((short) 0));
    sinceStatus = 0;
    statusDue = false;
  }
}
