package davy.hal.pi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The structures of {@code linux/gpio.h}, second version, as far as single lines need them.
 *
 * <pre>
 * gpiochip_info        name[32]  32 label[32]  64 lines
 * gpio_v2_line_info    name[32]  32 consumer[32]  64 offset  68 num_attrs  72 flags ...
 * gpio_v2_line_request offsets[64]  256 consumer[32]  288 config  560 num_lines  588 fd
 *   config             288 flags  296 num_attrs  320 attrs[10] of 24 bytes
 *   attribute          320 id  328 values  336 mask of lines
 * gpio_v2_line_values  0 bits  8 mask
 * </pre>
 */
final class GpioUapi {

  static final long GET_CHIPINFO = 0x8044B401L;
  static final long GET_LINEINFO = 0xC100B405L;
  static final long GET_LINE = 0xC250B407L;
  static final long GET_VALUES = 0xC010B40EL;
  static final long SET_VALUES = 0xC010B40FL;

  static final long FLAG_USED = 1;
  static final long FLAG_INPUT = 1 << 2;
  static final long FLAG_OUTPUT = 1 << 3;
  static final long FLAG_PULL_UP = 1 << 8;
  static final long FLAG_PULL_DOWN = 1 << 9;
  static final long FLAG_NO_PULL = 1 << 10;

  static final int ATTRIBUTE_OUTPUT_VALUES = 2;

  static final long NAME = 0;
  static final long LABEL = 32;
  static final long LINES = 64;
  static final long INFO_CONSUMER = 32;
  static final long INFO_OFFSET = 64;
  static final long INFO_FLAGS = 72;
  static final long REQUEST_CONSUMER = 256;
  static final long REQUEST_FLAGS = 288;
  static final long REQUEST_ATTRIBUTES = 296;
  static final long ATTRIBUTE_ID = 320;
  static final long ATTRIBUTE_VALUES = 328;
  static final long ATTRIBUTE_MASK = 336;
  static final long REQUEST_LINES = 560;
  static final long REQUEST_FD = 588;
  static final long BITS = 0;
  static final long MASK = 8;

  private static final long FIRST_LINE = 1;

  private GpioUapi() {}

  /** Zeroed memory of the size that a request's number says. */
  static MemorySegment argument(Arena arena, long request) {
    return arena.allocate(request >> 16 & 0x3fff, 8);
  }

  /** Asks for one line as an input; not yet sent. */
  static MemorySegment inputRequest(Arena arena, int offset, String consumer, long pullFlag) {
    MemorySegment request = argument(arena, GET_LINE);
    request.set(JAVA_INT, 0, offset);
    request.setString(REQUEST_CONSUMER, consumer);
    request.set(JAVA_LONG, REQUEST_FLAGS, FLAG_INPUT | pullFlag);
    request.set(JAVA_INT, REQUEST_LINES, 1);
    return request;
  }

  /** Asks for one line as an output that is at {@code high} from the claim on; not yet sent. */
  static MemorySegment outputRequest(Arena arena, int offset, String consumer, boolean high) {
    MemorySegment request = inputRequest(arena, offset, consumer, 0);
    request.set(JAVA_LONG, REQUEST_FLAGS, FLAG_OUTPUT);
    request.set(JAVA_INT, REQUEST_ATTRIBUTES, 1);
    request.set(JAVA_INT, ATTRIBUTE_ID, ATTRIBUTE_OUTPUT_VALUES);
    request.set(JAVA_LONG, ATTRIBUTE_VALUES, high ? FIRST_LINE : 0);
    request.set(JAVA_LONG, ATTRIBUTE_MASK, FIRST_LINE);
    return request;
  }

  /** Values of a request's only line, to be filled in by {@link #setHigh} or by the kernel. */
  static MemorySegment values(Arena arena) {
    MemorySegment values = argument(arena, GET_VALUES);
    values.set(JAVA_LONG, MASK, FIRST_LINE);
    return values;
  }

  static void setHigh(MemorySegment values, boolean high) {
    values.set(JAVA_LONG, BITS, high ? FIRST_LINE : 0);
  }

  static boolean high(MemorySegment values) {
    return (values.get(JAVA_LONG, BITS) & FIRST_LINE) != 0;
  }
}
