package davy.controller.config;

import java.util.HashMap;
import java.util.Map;

/** What only one part of a site may use: ports, addresses, channels, coils and contacts. */
final class Claims {

  private final Map<String, String> owners = new HashMap<>();

  /**
   * Complains at the key where somebody has it already.
   *
   * @param thing "channel methane of head-1"
   * @param owner "point T1"
   */
  void claim(TomlTable table, String key, String thing, String owner) {
    String first = owners.putIfAbsent(thing, owner);
    if (first != null) {
      table.complain(key, thing + " is already used by " + first);
    }
  }
}
