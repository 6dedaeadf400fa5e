package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.bridge.modbus.ScriptedLine.Burst;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.stream.Stream;

/** A master on a scripted line, and the clock that steps both. */
final class MasterRig {

  static final long MILLI = 1_000_000;
  static final SerialSettings SETTINGS = new SerialSettings(9600, Format.F8N1);
  static final Timing TIMING = new Timing(10, 60, 150, 0);
  static final WireTime TIME = new WireTime(SETTINGS);

  /** When a usual answer begins after its request. */
  static final long QUIET = 10 * MILLI;

  /** One request of each function that there is. */
  static final List<RtuRequest> REQUESTS =
      List.of(
          new Read(7, new Block(Space.COIL, 0, 8)),
          new Read(7, new Block(Space.DISCRETE, 3, 19)),
          new Read(7, new Block(Space.HOLDING, 100, 10)),
          new Read(7, new Block(Space.INPUT, 0, 1)),
          new WriteCoil(7, 0x0203, 5));

  /** How a transaction ended. */
  enum Kind {
    REPLY,
    REFUSED,
    SILENCE,
    GARBLED,
    LOST
  }

  final ScriptedLine line;
  final RtuMaster master;

  MasterRig(ScriptedLine.Script script) {
    line = new ScriptedLine(SETTINGS, script);
    master = new RtuMaster(SETTINGS, line, FrameTap.NONE, line.now);
    line.now = line.now.plusNanos(-QUIET);
    master.attach(line, line.now);
    line.now = new Tick(0);
  }

  /** As soon as the slave may be asked. */
  Outcome transact(RtuRequest request) {
    rest(request);
    master.begin(request, TIMING, false, line.now);
    while (true) {
      switch (master.work(line.now)) {
        case RtuMaster.Progress.Done done -> {
          return done.outcome();
        }
        case RtuMaster.Progress.Pending pending -> step(pending.until());
      }
    }
  }

  void rest(RtuRequest request) {
    pass(master.readyAt(request, line.now).nanosSince(line.now));
  }

  void pass(long nanos) {
    Tick end = line.now.plusNanos(nanos);
    while (line.now.isBefore(end)) {
      step(end);
      master.work(line.now);
    }
  }

  /** The adapter is plugged in again; what was on its way to us is lost. */
  void plug() {
    line.lostAt = new Tick(Long.MAX_VALUE / 2);
    line.takesBytes = true;
    line.discard();
    master.attach(line, line.now);
  }

  private void step(Tick until) {
    Tick next = line.nextDue().map(due -> due.earliest(until)).orElse(until);
    line.now = next.earliest(line.lostAt.latest(line.now)).latest(line.now);
  }

  static Kind kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reply _ -> Kind.REPLY;
      case Outcome.Refused _ -> Kind.REFUSED;
      case Outcome.Silence _ -> Kind.SILENCE;
      case Outcome.Garbled _ -> Kind.GARBLED;
      case Outcome.Lost _ -> Kind.LOST;
    };
  }

  /** The right reply, carrying the values of this seed. */
  static List<Burst> good(RtuRequest request, int seed) {
    return at(QUIET, Frames.right(request, seed));
  }

  static List<Burst> at(long after, byte[] bytes) {
    return List.of(new Burst(after, 0, bytes));
  }

  /** What an adapter returns that hears itself. */
  static List<Burst> echo(byte[] frame) {
    return at(-TIME.request() + MILLI / 10, frame);
  }

  static List<Burst> dribble(long gap, byte[] bytes) {
    return List.of(new Burst(QUIET, gap, bytes));
  }

  static List<Burst> both(List<Burst> first, List<Burst> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
