package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The device maps that a site names, each file read once. */
final class DeviceMaps {

  private final Shelf shelf;
  private final List<Complaint> complaints;
  private final Map<String, Optional<MapFile>> read = new TreeMap<>();

  DeviceMaps(Shelf shelf, List<Complaint> complaints) {
    this.shelf = shelf;
    this.complaints = complaints;
  }

  /** The map of a {@code [[device]]}; empty where anything of it was complained of. */
  Optional<DeviceMap> of(TomlTable device) {
    String name = device.text("map");
    Optional<Shelf.Text> text = shelf.find(name);
    if (text.isEmpty()) {
      device.scalar("parameters");
      if (!name.isEmpty()) {
        device.complain(
            "map",
            "no device map is named %s; there are: %s; own files go into maps of [site]"
                .formatted(name, String.join(", ", shelf.names())));
      }
      return Optional.empty();
    }
    Optional<MapFile> file = read.computeIfAbsent(name, _ -> MapFile.read(text.get(), complaints));
    return file.flatMap(map -> map.of(device));
  }

  /** The texts of all maps in use, by name. */
  List<String> texts() {
    return read.keySet().stream().map(name -> shelf.find(name).orElseThrow().text()).toList();
  }
}
