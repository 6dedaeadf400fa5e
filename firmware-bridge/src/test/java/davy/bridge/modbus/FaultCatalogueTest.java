package davy.bridge.modbus;

import static davy.bridge.modbus.Frames.counted;
import static davy.bridge.modbus.Frames.cut;
import static davy.bridge.modbus.Frames.cutTo;
import static davy.bridge.modbus.Frames.flip;
import static davy.bridge.modbus.Frames.join;
import static davy.bridge.modbus.Frames.noise;
import static davy.bridge.modbus.Frames.other;
import static davy.bridge.modbus.Frames.refusal;
import static davy.bridge.modbus.Frames.resized;
import static davy.bridge.modbus.Frames.right;
import static davy.bridge.modbus.Frames.values;
import static davy.bridge.modbus.MasterRig.MILLI;
import static davy.bridge.modbus.MasterRig.QUIET;
import static davy.bridge.modbus.MasterRig.REQUESTS;
import static davy.bridge.modbus.MasterRig.TIME;
import static davy.bridge.modbus.MasterRig.TIMING;
import static davy.bridge.modbus.MasterRig.at;
import static davy.bridge.modbus.MasterRig.both;
import static davy.bridge.modbus.MasterRig.dribble;
import static davy.bridge.modbus.MasterRig.echo;
import static davy.bridge.modbus.MasterRig.good;
import static davy.bridge.modbus.MasterRig.kind;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.MasterRig.Kind;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.bridge.modbus.ScriptedLine.Burst;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault that a line can have, one row each, for every function code, byte by byte in
 * simulated time. Whatever happens: no other value than the right one is taken, the deadline holds,
 * and the next transaction brings its own answer.
 */
final class FaultCatalogueTest {

  /** The seed of the fault's own right reply, and of all that follow. */
  private static final int FIRST = 1;

  private static final int LATER = 2;

  /** More than a quarantine. */
  private static final long LONG = 700 * MILLI;

  /**
   * @param ends how the transaction ends
   * @param shared a second answer is noticed (reads only: the echo of a write is its answer's twin)
   * @param port what happens to the port, as soon as the request is under way
   */
  private record Row(String fault, Kind ends, boolean shared, Play play, Consumer<MasterRig> port) {

    static Row of(String fault, Kind ends, Play play) {
      return new Row(fault, ends, false, play, _ -> {});
    }

    static Row twice(String fault, Kind ends, Play play) {
      return new Row(fault, ends, true, play, _ -> {});
    }

    static Row lost(String fault, Consumer<MasterRig> port) {
      return new Row(fault, Kind.LOST, false, r -> good(r, FIRST), port);
    }
  }

  @FunctionalInterface
  private interface Play {
    List<Burst> bursts(RtuRequest request);
  }

  private static List<Row> garbage() {
    return List.of(
        Row.of("none", Kind.REPLY, r -> good(r, FIRST)),
        Row.of("garbage before", Kind.REPLY, r -> at(QUIET, join(noise(3), right(r, FIRST)))),
        Row.of("garbage after", Kind.REPLY, r -> at(QUIET, join(right(r, FIRST), noise(3)))),
        Row.of(
            "garbage on both sides",
            Kind.GARBLED,
            r -> at(QUIET, join(noise(3), join(right(r, FIRST), noise(2))))),
        Row.of(
            "garbage long before",
            Kind.REPLY,
            r -> both(at(MILLI, noise(4)), at(45 * MILLI, right(r, FIRST)))),
        Row.of("garbage instead", Kind.GARBLED, r -> at(QUIET, noise(right(r, FIRST).length))),
        Row.of("600 bytes of babble", Kind.GARBLED, _ -> at(0, noise(600))),
        Row.of("break before", Kind.REPLY, r -> at(QUIET, join(new byte[1], right(r, FIRST)))),
        Row.of(
            "break in the middle",
            Kind.GARBLED,
            r -> at(QUIET, join(cutTo(right(r, FIRST), 3), join(new byte[1], after(r, 3))))),
        Row.of("break instead", Kind.GARBLED, _ -> at(QUIET, new byte[1])));
  }

  private static byte[] after(RtuRequest request, int bytes) {
    byte[] frame = right(request, FIRST);
    return Arrays.copyOfRange(frame, bytes, frame.length);
  }

  private static List<Row> lengths() {
    return List.of(
        Row.of("silence", Kind.SILENCE, _ -> List.of()),
        Row.of("at the last moment", Kind.REPLY, r -> at(60 * MILLI, right(r, FIRST))),
        Row.of("late, 100 ms", Kind.SILENCE, r -> at(160 * MILLI, right(r, FIRST))),
        Row.of("late, to the last moment", Kind.SILENCE, r -> at(209 * MILLI, right(r, FIRST))),
        Row.of("late exception", Kind.SILENCE, r -> at(160 * MILLI, refusal(r, 4))),
        Row.of("truncated by one", Kind.GARBLED, r -> at(QUIET, cut(right(r, FIRST), 1))),
        Row.of("only the first byte", Kind.GARBLED, r -> at(QUIET, cutTo(right(r, FIRST), 1))),
        Row.of("only the head", Kind.GARBLED, r -> at(QUIET, cutTo(right(r, FIRST), 3))),
        Row.of("dribbled in time", Kind.REPLY, r -> dribble(MILLI / 2, right(r, FIRST))),
        Row.of("dribbled too slowly", Kind.GARBLED, r -> dribble(20 * MILLI, right(r, FIRST))),
        Row.of("wrong CRC", Kind.GARBLED, r -> at(QUIET, flip(right(r, FIRST), -1))),
        Row.of("a flipped data bit", Kind.GARBLED, r -> at(QUIET, flip(right(r, FIRST), 3))),
        Row.of(
            "wrong CRC, then the right reply",
            Kind.REPLY,
            r -> both(at(5 * MILLI, flip(right(r, 9), -1)), at(40 * MILLI, right(r, FIRST)))));
  }

  private static List<Row> messages() {
    return List.of(
        Row.of("another slave's answer", Kind.GARBLED, r -> at(QUIET, other(r, 8, r.function()))),
        Row.of("wrong function", Kind.GARBLED, r -> at(QUIET, other(r, 7, r.function() ^ 7))),
        Row.of("fewer than asked", Kind.GARBLED, r -> at(QUIET, resized(r, -1))),
        Row.of("over-long: more than asked", Kind.GARBLED, r -> at(QUIET, resized(r, 1))),
        Row.of("byte count 253", Kind.GARBLED, r -> at(QUIET, counted(r, 253))),
        Row.of("byte count 255", Kind.GARBLED, r -> at(QUIET, counted(r, 255))),
        Row.of("byte count 0", Kind.GARBLED, r -> at(QUIET, counted(r, 0))),
        Row.of("exception", Kind.REFUSED, r -> at(QUIET, refusal(r, 2))),
        Row.of("noise, exception", Kind.REFUSED, r -> at(QUIET, join(noise(2), refusal(r, 6)))),
        Row.of(
            "another slave's answer, then ours",
            Kind.REPLY,
            r -> both(at(QUIET, other(r, 8, 3)), at(45 * MILLI, right(r, FIRST)))),
        Row.of(
            "another slave's answer, ours at once",
            Kind.REPLY,
            r -> at(QUIET, join(other(r, 8, 3), right(r, FIRST)))));
  }

  private static List<Row> twoOnOneAddress() {
    return List.of(
        Row.twice("twice at once", Kind.REPLY, r -> at(QUIET, join(right(r, FIRST), right(r, 9)))),
        Row.twice(
            "twice, with a pause",
            Kind.REPLY,
            r -> both(good(r, FIRST), at(70 * MILLI, right(r, 9)))),
        Row.twice(
            "an answer and an exception",
            Kind.REPLY,
            r -> both(good(r, FIRST), at(70 * MILLI, refusal(r, 2)))),
        Row.of(
            "two on top of each other",
            Kind.GARBLED,
            r -> at(QUIET, join(cutTo(right(r, FIRST), 4), flip(right(r, 9), 0)))));
  }

  private static List<Row> ports() {
    return List.of(
        Row.lost("unplugged before the reply", rig -> lostAfter(rig, QUIET / 2)),
        Row.lost("unplugged in the reply", rig -> lostAfter(rig, QUIET + 3 * MILLI)),
        Row.lost("the port is gone at the write", rig -> rig.line.unplug()),
        Row.lost("the port takes no bytes", rig -> rig.line.takesBytes = false));
  }

  private static void lostAfter(MasterRig rig, long nanos) {
    rig.line.lostAt = rig.line.now.plusNanos(TIME.request() + nanos);
  }

  private static List<Row> catalogue() {
    return Stream.of(garbage(), lengths(), messages(), twoOnOneAddress(), ports())
        .flatMap(List::stream)
        .toList();
  }

  static Stream<Arguments> everyFaultOfEveryFunction() {
    return REQUESTS.stream()
        .flatMap(r -> catalogue().stream().map(row -> Arguments.of(r, row.fault(), row)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyFaultOfEveryFunction")
  void aFaultNeverPassesForAReplyAndNeverOutlastsTheDeadline(
      RtuRequest request, String fault, Row row) {
    boolean[] later = {false};
    MasterRig rig =
        new MasterRig((_, _) -> later[0] ? good(request, LATER) : row.play().bursts(request));
    suffer(rig, request, row);
    later[0] = true;
    goOn(rig, request, row);
  }

  /** The adapter of the second column returns every byte that it sends. */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyFaultOfEveryFunction")
  void anAdapterThatEchoesChangesNothing(RtuRequest request, String fault, Row row) {
    RtuRequest probe = new Read(9, new Block(Space.HOLDING, 0, 1));
    boolean[] later = {false};
    MasterRig rig =
        new MasterRig(
            (frame, number) ->
                both(
                    echo(frame),
                    number == 1
                        ? good(probe, FIRST)
                        : later[0] ? good(request, LATER) : row.play().bursts(request)));
    rig.transact(probe);
    rig.pass(LONG);
    suffer(rig, request, row);
    later[0] = true;
    goOn(rig, request, row);
  }

  private static void suffer(MasterRig rig, RtuRequest request, Row row) {
    row.port().accept(rig);
    long began = rig.line.now.nanos();
    Outcome outcome = rig.transact(request);
    assertEquals(row.ends(), kind(outcome), row.fault());
    long took = rig.line.now.nanos() - began;
    assertTrue(took <= TIME.transaction(request, TIMING), "later than its deadline: " + took);
    if (outcome instanceof Outcome.Reply reply) {
      assertArrayEquals(values(request, FIRST), reply.values());
    }
  }

  private static void goOn(MasterRig rig, RtuRequest request, Row row) {
    if (row.ends() == Kind.LOST) {
      rig.plug();
    }
    rig.rest(request);
    rig.pass(LONG);
    boolean shared = row.shared() && !(request instanceof WriteCoil);
    Optional<Integer> expected = shared ? Optional.of(request.unit()) : Optional.empty();
    assertEquals(expected, rig.master.takeSharedUnit(), "a second answer is noticed");
    Outcome.Reply next = (Outcome.Reply) rig.transact(request);
    assertArrayEquals(values(request, LATER), next.values(), "the next after it");
  }
}
