package davy.bridge.sim;

import davy.bridge.guard.GuardCause;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames that the simulated guard sends, numbered and collected. */
final class GuardVoice {

  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int sequence;

  static ByteBuffer payload(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  void send(int type, ByteBuffer payload) {
    out.writeBytes(GuardWire.frame(type, sequence++ & 0xFF, payload.array()));
  }

  void identity(int capabilities, GuardCause reset, GuardStore store) {
    ByteBuffer p = payload(28).put((byte) GuardModel.MAJOR).put((byte) 0);
    p.putShort((short) capabilities).putInt(1).putShort((short) GuardModel.OPEN);
    p.putShort((short) GuardModel.CLOSE).putShort((short) GuardModel.AGE);
    p.put((byte) GuardModel.ANSWERS).put((byte) reset.ordinal()).putShort((short) store.boots);
    send(0x81, p.putShort((short) 0).putLong(store.digest));
  }

  void drops(GuardStore store) {
    ByteBuffer p = payload(GuardStore.LATEST + 2 * store.counts.length);
    for (int cause : store.latest) {
      p.put((byte) cause);
    }
    for (int count : store.counts) {
      p.putShort((short) count);
    }
    send(0x84, p);
  }

  /** All since the last call. */
  byte[] taken() {
    byte[] all = out.toByteArray();
    out = new ByteArrayOutputStream();
    return all;
  }
}
