package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Space;
import davy.controller.config.TomlTable.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads the fields of a map file and holds them against its blocks. */
final class MapFields {

  private static final int WHOLE_REGISTER = 0xFFFF;
  private static final Field STAND_IN = new Field(Space.HOLDING, 0, Encoding.U16, WHOLE_REGISTER);

  private final List<Block> blocks;

  MapFields(List<Block> blocks) {
    this.blocks = blocks;
  }

  /** A field that is compared with codes: any but a float. */
  Field code(TomlTable table, String key) {
    Field field = number(table, key);
    if (field.encoding() == Encoding.FLOAT32) {
      table.complain(key, key + " can't be float32: codes are whole numbers");
    }
    return field;
  }

  Field number(TomlTable table, String key) {
    TomlTable inner = table.table(key);
    return table.has(key) ? field(inner) : STAND_IN;
  }

  private Field field(TomlTable table) {
    Space space = table.choice("space", MapWords.SPACES);
    int address = table.integer("address", 0, 65_535);
    Encoding encoding = table.choice("encoding", MapWords.ENCODINGS);
    Field field = new Field(space, address, encoding, mask(table, space, encoding));
    if (isBit(space) && encoding != Encoding.BIT) {
      table.complain("encoding", "coils and inputs are read as \"bit\"");
    }
    if (blocks.stream().noneMatch(block -> holds(block, field))) {
      table.complain("address", "no [[block]] reads this field");
    }
    return field;
  }

  private static int mask(TomlTable table, Space space, Encoding encoding) {
    return switch (encoding) {
      case BIT -> isBit(space) ? 1 : 1 << table.integer("bit", 0, 15);
      case U16 -> table.integer("mask", 1, WHOLE_REGISTER, WHOLE_REGISTER);
      case S16 -> {
        int mask = table.integer("mask", 1, WHOLE_REGISTER, WHOLE_REGISTER);
        int shifted = mask >>> Integer.numberOfTrailingZeros(mask);
        if ((shifted & shifted + 1) != 0) {
          table.complain("mask", "the bits of a signed number must stand together");
        }
        yield mask;
      }
      case U32, S32, FLOAT32 -> WHOLE_REGISTER;
    };
  }

  private static boolean holds(Block block, Field field) {
    int last = field.address() + registers(field.encoding()) - 1;
    return block.space() == field.space()
        && field.address() >= block.address()
        && last < block.address() + block.count();
  }

  private static int registers(Encoding encoding) {
    return switch (encoding) {
      case BIT, U16, S16 -> 1;
      case U32, S32, FLOAT32 -> 2;
    };
  }

  static boolean isBit(Space space) {
    return switch (space) {
      case COIL, DISCRETE -> true;
      case HOLDING, INPUT -> false;
    };
  }

  /** Whether the field's bits can ever make this code. */
  static boolean canHold(Field field, int code) {
    int top = field.mask() >>> Integer.numberOfTrailingZeros(field.mask());
    return switch (field.encoding()) {
      case BIT -> code == 0 || code == 1;
      case U16 -> (code & ~top) == 0;
      case S16 -> code <= top >> 1 && code >= -(top >> 1) - 1;
      case U32 -> code >= 0;
      case S32, FLOAT32 -> true;
    };
  }

  /** A table from codes, written as keys, to words. */
  static <E> Map<Integer, E> coded(TomlTable table, String key, List<Choice<E>> words) {
    return codes(table, key, (inner, code) -> inner.choice(code, words));
  }

  /** A table from codes, written as keys, to whole numbers. */
  static Map<Integer, Integer> codedNumbers(TomlTable table, String key, int least, int most) {
    return codes(table, key, (inner, code) -> inner.integer(code, least, most));
  }

  private static <E> Map<Integer, E> codes(
      TomlTable table, String key, BiFunction<TomlTable, String, E> read) {
    TomlTable inner = table.table(key);
    Map<Integer, E> found = new HashMap<>();
    for (String code : inner.keys()) {
      E meaning = read.apply(inner, code);
      Optional<Integer> number = number(code);
      if (number.isEmpty()) {
        inner.complain(code, key + ": " + code + " is no whole number");
      } else if (found.putIfAbsent(number.get(), meaning) != null) {
        inner.complain(code, key + ": " + code + " is there twice");
      }
    }
    if (table.has(key) && found.isEmpty()) {
      table.complain(key, key + " must list at least one code");
    }
    return found;
  }

  private static Optional<Integer> number(String code) {
    try {
      return Optional.of(Integer.decode(code));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
