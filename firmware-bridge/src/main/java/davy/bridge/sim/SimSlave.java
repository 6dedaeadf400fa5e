package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** One slave on the wire: address, turn-around, a device behind it, and what is wrong with it. */
public final class SimSlave {

  /** Functions 1 to 5 are asked in eight bytes; anything else is no frame of theirs. */
  private static final int REQUEST_BYTES = 8;

  private static final int ILLEGAL_FUNCTION = 1;
  private static final int ILLEGAL_ADDRESS = 2;
  private static final int ILLEGAL_VALUE = 3;

  private final int address;
  private final SimDevice device;
  private long turnaroundNanos;
  private final Map<ByteBuffer, byte[]> answered = new HashMap<>();

  private SimFault standing = SimFault.NONE;
  private Optional<SimFault> once = Optional.empty();
  private long requests;

  /**
   * @param address 1 to 247
   * @param turnaroundMicros from the last byte of a request to the first of the answer
   */
  public SimSlave(int address, SimDevice device, int turnaroundMicros) {
    this.address = address;
    this.device = device;
    turnaround(turnaroundMicros);
  }

  /** From now on it takes so long from the last byte of a request to the first of the answer. */
  public void turnaround(int micros) {
    turnaroundNanos = micros * 1_000L;
  }

  public int address() {
    return address;
  }

  /** Lasts until the next call. */
  public void fault(SimFault fault) {
    standing = fault;
  }

  /** Spoils the next answer only. */
  public void faultOnce(SimFault fault) {
    once = Optional.of(fault);
  }

  /** Frames that were whole and meant this slave, whether it answered or not. */
  public long requests() {
    return requests;
  }

  /** An answer and how long after the request's last byte its first one starts. */
  record Answer(byte[] frame, long delayNanos) {}

  /** What the slave does with a frame whose check holds. */
  Optional<Answer> hear(byte[] frame, Tick now) {
    if (frame[1] >= 1 && frame[1] <= 5 && frame.length != REQUEST_BYTES) {
      return Optional.empty();
    }
    if (frame[0] == 0) {
      execute(frame, now);
      return Optional.empty();
    }
    if ((frame[0] & 0xFF) != address) {
      return Optional.empty();
    }
    requests++;
    SimFault fault = once.orElse(standing);
    once = Optional.empty();
    return answer(frame, fault, now);
  }

  private Optional<Answer> answer(byte[] request, SimFault fault, Tick now) {
    return switch (fault) {
      case SimFault.Silent _ -> Optional.empty();
      case SimFault.None _ -> Optional.of(after(right(request, now), 0));
      case SimFault.Late late -> Optional.of(after(right(request, now), late.millis()));
      case SimFault.WrongCrc _ -> {
        byte[] frame = right(request, now).clone();
        frame[frame.length - 1] ^= 0x10;
        yield Optional.of(after(frame, 0));
      }
      case SimFault.Garbage garbage -> {
        byte[] noise = new byte[right(request, now).length];
        new Random(garbage.seed()).nextBytes(noise);
        yield Optional.of(after(noise, 0));
      }
      case SimFault.Truncated cut -> {
        byte[] frame = right(request, now);
        yield Optional.of(after(Arrays.copyOf(frame, Math.min(cut.bytes(), frame.length)), 0));
      }
      case SimFault.Refusal refusal ->
          Optional.of(after(Crc16.closed(refused(request, refusal.code())), 0));
      case SimFault.Frozen _ ->
          Optional.of(
              after(
                  Optional.ofNullable(answered.get(ByteBuffer.wrap(request)))
                      .orElseGet(() -> right(request, now)),
                  0));
    };
  }

  private Answer after(byte[] frame, long moreMillis) {
    return new Answer(frame, turnaroundNanos + moreMillis * 1_000_000L);
  }

  private byte[] right(byte[] request, Tick now) {
    byte[] frame = Crc16.closed(execute(request, now));
    answered.put(ByteBuffer.wrap(request), frame);
    return frame;
  }

  private byte[] execute(byte[] request, Tick now) {
    if (request[1] < 1 || request[1] > 5) {
      return refused(request, ILLEGAL_FUNCTION);
    }
    int first = word(request, 2);
    int second = word(request, 4);
    return switch (request[1]) {
      case 1 -> bits(request, first, second, a -> device.coil(a, now));
      case 2 -> bits(request, first, second, a -> device.discrete(a, now));
      case 3 -> registers(request, first, second, a -> device.holding(a, now));
      case 4 -> registers(request, first, second, a -> device.input(a, now));
      default ->
          device.write(first, second, now)
              ? Arrays.copyOf(request, 6)
              : refused(request, ILLEGAL_ADDRESS);
    };
  }

  @FunctionalInterface
  private interface Cells {
    OptionalInt at(int address);
  }

  private static byte[] bits(byte[] request, int first, int count, Cells cells) {
    if (count < 1 || count > 2000) {
      return refused(request, ILLEGAL_VALUE);
    }
    byte[] reply = new byte[3 + (count + 7) / 8];
    head(request, reply);
    for (int i = 0; i < count; i++) {
      OptionalInt bit = cells.at(first + i);
      if (bit.isEmpty()) {
        return refused(request, ILLEGAL_ADDRESS);
      }
      reply[3 + i / 8] |= (byte) (bit.getAsInt() << i % 8);
    }
    return reply;
  }

  private static byte[] registers(byte[] request, int first, int count, Cells cells) {
    if (count < 1 || count > 125) {
      return refused(request, ILLEGAL_VALUE);
    }
    byte[] reply = new byte[3 + 2 * count];
    head(request, reply);
    for (int i = 0; i < count; i++) {
      OptionalInt register = cells.at(first + i);
      if (register.isEmpty()) {
        return refused(request, ILLEGAL_ADDRESS);
      }
      reply[3 + 2 * i] = (byte) (register.getAsInt() >> 8);
      reply[4 + 2 * i] = (byte) register.getAsInt();
    }
    return reply;
  }

  private static void head(byte[] request, byte[] reply) {
    reply[0] = request[0];
    reply[1] = request[1];
    reply[2] = (byte) (reply.length - 3);
  }

  private static byte[] refused(byte[] request, int code) {
    return new byte[] {request[0], (byte) (request[1] | 0x80), (byte) code};
  }

  private static int word(byte[] frame, int at) {
    return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
  }
}
