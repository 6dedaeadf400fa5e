package davy.bridge.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import davy.bridge.modbus.DeviceMap.Block;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Requests to bytes and replies to values, by j2mod's message classes. Its transports and
 * transactions are not used: they are not bounded in time.
 *
 * <p>A coil write is laid out here, for j2mod knows only on and off and a pulse is a number of
 * steps; its reply is compared byte by byte and needs no decoding.
 */
final class RtuCodec {

  private RtuCodec() {}

  /** The whole frame, CRC included. */
  static byte[] encode(RtuRequest request) {
    byte[] frame = new byte[RtuRequest.BYTES];
    frame[0] = (byte) request.unit();
    frame[1] = (byte) request.function();
    byte[] body =
        switch (request) {
          case RtuRequest.Read read -> message(read.block()).getMessage();
          case RtuRequest.WriteCoil write -> words(write.address(), write.value());
        };
    System.arraycopy(body, 0, frame, 2, body.length);
    Crc.append(frame, RtuRequest.BYTES - Crc.BYTES);
    return frame;
  }

  private static ModbusRequest message(Block block) {
    return switch (block.space()) {
      case COIL -> new ReadCoilsRequest(block.address(), block.count());
      case DISCRETE -> new ReadInputDiscretesRequest(block.address(), block.count());
      case HOLDING -> new ReadMultipleRegistersRequest(block.address(), block.count());
      case INPUT -> new ReadInputRegistersRequest(block.address(), block.count());
    };
  }

  private static byte[] words(int first, int second) {
    return new byte[] {(byte) (first >>> 8), (byte) first, (byte) (second >>> 8), (byte) second};
  }

  /**
   * The values of a reply whose frame already fits; empty where the decoder does not agree.
   *
   * @param offset of the byte count in {@code frame}
   */
  static Optional<int[]> values(RtuRequest.Read read, byte[] frame, int offset) {
    ModbusResponse response = ModbusResponse.createModbusResponse(read.function());
    int length = 1 + read.payloadBytes();
    try {
      response.readData(new DataInputStream(new ByteArrayInputStream(frame, offset, length)));
      return Optional.of(values(response, read.block().count()));
    } catch (IOException | RuntimeException _) {
      // j2mod throws unchecked exceptions at bytes it does not expect: a reply we cannot use.
      return Optional.empty();
    }
  }

  private static int[] values(ModbusResponse response, int count) {
    return switch (response) {
      case ReadMultipleRegistersResponse holding -> array(count, holding::getRegisterValue);
      case ReadInputRegistersResponse input -> array(count, input::getRegisterValue);
      case ReadCoilsResponse coils -> array(count, i -> coils.getCoilStatus(i) ? 1 : 0);
      case ReadInputDiscretesResponse bits -> array(count, i -> bits.getDiscreteStatus(i) ? 1 : 0);
      default -> throw new IllegalStateException("not a reply to a read: " + response);
    };
  }

  private static int[] array(int count, IntUnaryOperator value) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.applyAsInt(i);
    }
    return values;
  }
}
