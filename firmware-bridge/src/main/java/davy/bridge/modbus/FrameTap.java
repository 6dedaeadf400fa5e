package davy.bridge.modbus;

import davy.hal.signal.Tick;

/**
 * Sees the raw bytes of a line, so that the latest can be kept for the journal. Called on the
 * line's thread; must not block, and copies what it keeps, for the array goes on being used.
 */
public interface FrameTap {

  /** Keeps nothing. */
  FrameTap NONE =
      new FrameTap() {
        @Override
        public void sent(byte[] bytes, int length, Tick at) {}

        @Override
        public void received(byte[] bytes, int length, Tick at) {}
      };

  /**
   * @param at when the bytes were handed to the driver
   */
  void sent(byte[] bytes, int length, Tick at);

  /**
   * @param bytes as they came, noise included; a frame may come in several calls
   * @param at when they were read
   */
  void received(byte[] bytes, int length, Tick at);
}
