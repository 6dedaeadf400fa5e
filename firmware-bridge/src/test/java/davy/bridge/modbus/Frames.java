package davy.bridge.modbus;

import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Replies, right and wrong ones. */
final class Frames {

  private Frames() {}

  /** The values that a good reply carries, different for each seed. */
  static int[] values(RtuRequest request, int seed) {
    return switch (request) {
      case WriteCoil _ -> new int[0];
      case Read read ->
          IntStream.range(0, read.block().count())
              .map(
                  i ->
                      switch (read.block().space()) {
                        case COIL, DISCRETE -> (i + seed) % 3 == 0 ? 1 : 0;
                        case HOLDING, INPUT -> (i * 4099 + seed * 257) & 0xFFFF;
                      })
              .toArray();
    };
  }

  static byte[] right(RtuRequest request, int seed) {
    return switch (request) {
      case WriteCoil _ -> RtuCodec.encode(request);
      case Read read -> reply(read.unit(), read.function(), payload(read, values(read, seed)));
    };
  }

  static byte[] payload(Read read, int[] values) {
    byte[] bytes = new byte[read.payloadBytes()];
    for (int i = 0; i < values.length; i++) {
      switch (read.block().space()) {
        case COIL, DISCRETE -> bytes[i / 8] |= (byte) (values[i] << i % 8);
        case HOLDING, INPUT -> {
          bytes[2 * i] = (byte) (values[i] >> 8);
          bytes[2 * i + 1] = (byte) values[i];
        }
      }
    }
    return bytes;
  }

  static byte[] reply(int unit, int function, byte[] payload) {
    byte[] frame = new byte[3 + payload.length];
    frame[0] = (byte) unit;
    frame[1] = (byte) function;
    frame[2] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 3, payload.length);
    return closed(frame);
  }

  static byte[] closed(byte[] body) {
    byte[] frame = Arrays.copyOf(body, body.length + 2);
    Crc.append(frame, body.length);
    return frame;
  }

  static byte[] other(RtuRequest request, int unit, int function) {
    byte[] frame = right(request, 1);
    frame[0] = (byte) unit;
    frame[1] = (byte) function;
    return closed(Arrays.copyOf(frame, frame.length - 2));
  }

  /** One register or eight bits fewer or more; for a write, an echo of another address. */
  static byte[] resized(RtuRequest request, int by) {
    return switch (request) {
      case WriteCoil w -> RtuCodec.encode(new WriteCoil(w.unit(), w.address() + by, w.value()));
      case Read read -> {
        int unit = read.payloadBytes() == 1 ? 1 : 2;
        yield reply(
            read.unit(), read.function(), new byte[Math.max(0, read.payloadBytes() + by * unit)]);
      }
    };
  }

  static byte[] counted(RtuRequest request, int count) {
    byte[] frame = right(request, 1);
    frame[2] = (byte) count;
    return closed(Arrays.copyOf(frame, frame.length - 2));
  }

  static byte[] refusal(RtuRequest request, int code) {
    return closed(
        new byte[] {(byte) request.unit(), (byte) (request.function() | 0x80), (byte) code});
  }

  static byte[] flip(byte[] frame, int at) {
    frame[at < 0 ? frame.length + at : at] ^= 0x10;
    return frame;
  }

  static byte[] cut(byte[] frame, int by) {
    return cutTo(frame, frame.length - by);
  }

  static byte[] cutTo(byte[] frame, int length) {
    return Arrays.copyOf(frame, length);
  }

  static byte[] noise(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (0xA5 + i * 31);
    }
    return bytes;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
