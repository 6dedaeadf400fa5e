package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Pulse;
import davy.controller.config.DraftZone.Parts;
import davy.hal.Board;
import java.util.Optional;

/** The cut-off output of a zone as the file names it. */
sealed interface DraftOutput {

  /** The longest that a coil may stay up by itself (S11). */
  int LONGEST_PULSE_MILLIS = 1000;

  /**
   * @param table the inline table, for later complaints
   * @param pulseMillis 0 for a plain level
   */
  record Coil(TomlTable table, DraftDevice device, int coil, int pulseMillis)
      implements DraftOutput {

    private void judge(Optional<Pulse> pulse, String owner, boolean bench) {
      if (pulseMillis == 0) {
        judgeLevel(pulse, owner, bench);
      } else if (pulse.isEmpty()) {
        table.complain(
            "pulseMillis", "pulseMillis: " + device.name() + " has no self-dropping pulse");
      } else {
        judgePulse(pulse.get(), bench);
      }
    }

    /** A zone without a dead-man is for the bench (S6). */
    private void judgeLevel(Optional<Pulse> pulse, String owner, boolean bench) {
      if (!bench) {
        table.complain(
            owner
                + " has no dead-man, its coil stays up when Davy dies: "
                + (pulse.isPresent() ? "add pulseMillis" : "use a board with a self-dropping pulse")
                + ", or bench = true in [site] where nothing real is switched");
      }
    }

    private void judgePulse(Pulse pulse, boolean bench) {
      if (pulseMillis % pulse.unitMillis() != 0 || pulseMillis > LONGEST_PULSE_MILLIS) {
        table.complain(
            "pulseMillis",
            "pulseMillis must be a multiple of %d, at most %d"
                .formatted(pulse.unitMillis(), LONGEST_PULSE_MILLIS));
      }
      boolean hardware = device.line().filter(line -> !line.pseudoTerminal()).isPresent();
      if (hardware && !bench && !device.proven()) {
        device
            .table()
            .complain(
                device.name()
                    + " drops zones by its pulse: add pulseProven = { board = \"…\", date = … }"
                    + " once the commissioning test has shown on this board that a repeat extends,"
                    + " OFF ends at once, power-up is off and silence drops");
      }
    }
  }

  record Gpio(TomlTable table, Board.LineName line, Board.Active active) implements DraftOutput {}

  /**
   * @return empty where it was complained of
   */
  static Optional<DraftOutput> read(TomlTable zone, String owner, Parts parts) {
    TomlTable table = zone.table("output");
    if (!table.has("chip")) {
      return coil(table, owner, parts);
    }
    Gpio gpio =
        new Gpio(
            table,
            DraftContact.line(table, owner, parts.claims()),
            table.choice("active", DraftContact.ACTIVE));
    if (!parts.bench()) {
      zone.complain(
          "output",
          owner
              + " is cut by a GPIO level, which stays up when Davy dies: use a self-dropping coil"
              + " (pulseMillis), or bench = true in [site] where nothing real is switched");
    }
    return Optional.of(gpio);
  }

  private static Optional<DraftOutput> coil(TomlTable table, String owner, Parts parts) {
    Optional<DraftDevice> device = parts.devices().find(table, "device");
    int coil = table.integer("coil", 0, 1999);
    int pulse = table.integer("pulseMillis", 1, 60_000, 0);
    Optional<DeviceMap> map = device.flatMap(DraftDevice::map);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Coil output = new Coil(table, device.orElseThrow(), coil, pulse);
    if (map.get().relay().isEmpty()) {
      table.complain(
          "device",
          "%s (map %s) has no relays".formatted(output.device().name(), map.get().name()));
      return Optional.empty();
    }
    DeviceMap.Relay relay = map.get().relay().get();
    if (coil >= relay.coils()) {
      table.complain("coil", "coil %d: the board has 0 to %d".formatted(coil, relay.coils() - 1));
    }
    parts.claims().claim(table, "coil", "coil " + coil + " of " + output.device().name(), owner);
    output.judge(relay.pulse(), owner, parts.bench());
    return Optional.of(output);
  }
}
