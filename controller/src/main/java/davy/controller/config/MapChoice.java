package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import java.util.List;
import java.util.Optional;

/** A device map that comes with Davy, chosen without a site: for a line that has none yet. */
public final class MapChoice {

  private static final String HERE = "--map";

  private MapChoice() {}

  /**
   * @param parameters as in a site file, {@code register = 0, decimals = 2}; may be empty
   * @param complaints takes what is wrong; nothing is returned then
   */
  public static Optional<DeviceMap> of(
      String map, int address, String parameters, List<Complaint> complaints) {
    String text =
        "map = \"%s\"\naddress = %d\nparameters = { %s }\n".formatted(map, address, parameters);
    DeviceMaps maps = new DeviceMaps(Shelf.builtIn("davy/maps"), complaints);
    return TomlTable.parse(HERE, text, complaints).flatMap(maps::of);
  }
}
