package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Meaning;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.controller.config.TomlTable.Choice;
import davy.hal.signal.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words of map files: every constant in small letters, with dashes. */
final class MapWords {

  static final List<Choice<Space>> SPACES = words(Space.values());
  static final List<Choice<Encoding>> ENCODINGS = words(Encoding.values());
  static final List<Choice<Unit>> UNITS = words(Unit.values());
  static final List<Choice<Meaning>> MEANINGS = words(Meaning.values());
  static final List<Choice<Quantity>> QUANTITIES = words(Quantity.values());

  private MapWords() {}

  private static <E extends Enum<E>> List<Choice<E>> words(E[] constants) {
    return Arrays.stream(constants)
        .map(c -> new Choice<>(c.name().toLowerCase(Locale.ROOT).replace('_', '-'), c))
        .toList();
  }
}
