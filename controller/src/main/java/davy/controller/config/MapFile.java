package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device map file: TOML whose schema stands in {@code deploy/docs/device-maps.md}. It may leave
 * parameters to the site, so one file makes as many maps as there are devices that name it.
 */
final class MapFile {

  private final TomlTable file;
  private final List<MapParameter> parameters;

  private MapFile(TomlTable file, List<MapParameter> parameters) {
    this.file = file;
    this.parameters = parameters;
  }

  /**
   * Reads syntax and parameters; the rest is judged with the parameters of a device.
   *
   * @param complaints takes what is wrong; nothing is returned then
   */
  static Optional<MapFile> read(Shelf.Text file, List<Complaint> complaints) {
    List<Complaint> found = new ArrayList<>();
    Optional<TomlTable> root = TomlTable.parse(file.file(), file.text(), found);
    List<MapParameter> parameters = root.map(MapFile::parameters).orElse(List.of());
    complaints.addAll(found);
    return found.isEmpty() ? root.map(table -> new MapFile(table, parameters)) : Optional.empty();
  }

  /**
   * The map of one device.
   *
   * @param device its entry in the site file: {@code [device.parameters]} is read here, and {@code
   *     address} stands for {@code "$address"} in the map. Complaints go where its own go, each
   *     once
   */
  Optional<DeviceMap> of(TomlTable device) {
    int before = device.complaints().size();
    Map<String, Object> values = new HashMap<>(MapParameter.values(parameters, device));
    if (device.complaints().size() > before) {
      return Optional.empty();
    }
    device
        .scalar(MapParameter.ADDRESS)
        .ifPresent(address -> values.put(MapParameter.ADDRESS, address));
    List<Complaint> found = new ArrayList<>();
    DeviceMap map = body(file.anew(found), values);
    found.stream()
        .filter(complaint -> !device.complaints().contains(complaint))
        .forEach(device.complaints()::add);
    return found.isEmpty() ? Optional.of(map) : Optional.empty();
  }

  private static List<MapParameter> parameters(TomlTable root) {
    Optional<TomlTable> table = root.optionalTable("parameters");
    List<MapParameter> parameters = table.map(MapParameter::declared).orElse(List.of());
    table.ifPresent(TomlTable::finish);
    return parameters;
  }

  private static DeviceMap body(TomlTable root, Map<String, Object> values) {
    parameters(root);
    root.substitute(values);
    DeviceMap map = new MapBody(root).read();
    root.finish();
    return map;
  }
}
