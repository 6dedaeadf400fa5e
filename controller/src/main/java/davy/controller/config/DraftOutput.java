package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Pulse;
import davy.controller.config.DraftZone.Parts;
import davy.hal.Board;
import java.util.Optional;

/** The output of a zone, a fan, a lamp or a sounder as the file names it. */
sealed interface DraftOutput {

  /** The longest that a coil may stay up by itself (S11). */
  int LONGEST_PULSE_MILLIS = 1000;

  /**
   * @param table the inline table, for later complaints
   * @param pulseMillis 0 for a plain level
   */
  record Coil(TomlTable table, DraftDevice board, int coil, int pulseMillis)
      implements DraftOutput {

    private DeviceMap.Relay relay() {
      return board.map().flatMap(DeviceMap::relay).orElseThrow();
    }

    private void judge(Optional<Pulse> pulse, String owner, DeadMan deadMan) {
      if (pulseMillis == 0) {
        judgeLevel(pulse, owner, deadMan);
      } else if (pulse.isEmpty()) {
        table.complain(
            "pulseMillis", "pulseMillis: " + board.name() + " has no self-dropping pulse");
      } else {
        judgePulse(pulse.get(), deadMan);
      }
    }

    /** A zone without a dead-man is for the bench (S6). */
    private void judgeLevel(Optional<Pulse> pulse, String owner, DeadMan deadMan) {
      if (deadMan == DeadMan.NONE) {
        table.complain(
            owner
                + " has no dead-man, its coil stays up when Davy dies: "
                + (pulse.isPresent() ? "add pulseMillis" : "use a board with a self-dropping pulse")
                + ", or bench = true in [site] where nothing real is switched");
      }
    }

    private void judgePulse(Pulse pulse, DeadMan deadMan) {
      if (pulseMillis % pulse.unitMillis() != 0 || pulseMillis > LONGEST_PULSE_MILLIS) {
        table.complain(
            "pulseMillis",
            "pulseMillis must be a multiple of %d, at most %d"
                .formatted(pulse.unitMillis(), LONGEST_PULSE_MILLIS));
      }
      boolean hardware = board.line().filter(line -> !line.pseudoTerminal()).isPresent();
      if (hardware && deadMan != DeadMan.BENCH && !board.proven()) {
        board
            .table()
            .complain(
                board.name()
                    + " drops zones by its pulse: add pulseProven = { board = \"…\", date = … }"
                    + " once the commissioning test has shown on this board that a repeat extends,"
                    + " OFF ends at once, power-up is off and silence drops");
      }
    }
  }

  record Gpio(TomlTable table, Board.LineName line, Board.Active active) implements DraftOutput {}

  TomlTable table();

  /** The board that it is a coil of; empty for GPIO. */
  default Optional<DraftDevice> device() {
    return switch (this) {
      case Coil coil -> Optional.of(coil.board());
      case Gpio _ -> Optional.empty();
    };
  }

  /**
   * @return empty where it was complained of
   */
  static Optional<DraftOutput> read(TomlTable zone, String owner, Parts parts) {
    TomlTable table = zone.table("output");
    if (!table.has("chip")) {
      Optional<Coil> coil = coil(table, owner, parts.devices(), parts.claims());
      coil.ifPresent(of -> of.judge(of.relay().pulse(), owner, parts.deadMan()));
      return coil.map(of -> of);
    }
    Gpio gpio = gpio(table, owner, parts.claims());
    if (parts.deadMan() == DeadMan.NONE) {
      zone.complain(
          "output",
          owner
              + " is cut by a GPIO level, which stays up when Davy dies: use a self-dropping coil"
              + " (pulseMillis), or bench = true in [site] where nothing real is switched");
    }
    return Optional.of(gpio);
  }

  /**
   * An output of a fan, a lamp or a sounder: energise-to-act, so that the loss of program, board or
   * wire leaves the fan running. It has no dead-man and may have none (S7).
   *
   * @return empty where it was complained of
   */
  static Optional<DraftOutput> plain(
      TomlTable table, String owner, Named<DraftDevice> devices, Claims claims) {
    if (table.has("chip")) {
      return Optional.of(gpio(table, owner, claims));
    }
    Optional<Coil> coil = coil(table, owner, devices, claims);
    if (coil.filter(of -> of.pulseMillis() > 0).isPresent()) {
      table.complain(
          "pulseMillis",
          owner + " may not drop by itself: take pulseMillis away, it is a plain coil");
    }
    return coil.map(of -> of);
  }

  private static Gpio gpio(TomlTable table, String owner, Claims claims) {
    return new Gpio(
        table,
        DraftContact.line(table, owner, claims),
        table.choice("active", DraftContact.ACTIVE));
  }

  private static Optional<Coil> coil(
      TomlTable table, String owner, Named<DraftDevice> devices, Claims claims) {
    Optional<DraftDevice> device = devices.find(table, "device");
    int coil = table.integer("coil", 0, 1999);
    int pulse = table.integer("pulseMillis", 1, 60_000, 0);
    Optional<DeviceMap> map = device.flatMap(DraftDevice::map);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Coil output = new Coil(table, device.orElseThrow(), coil, pulse);
    if (map.get().relay().isEmpty()) {
      table.complain(
          "device", "%s (map %s) has no relays".formatted(output.board().name(), map.get().name()));
      return Optional.empty();
    }
    DeviceMap.Relay relay = map.get().relay().get();
    if (coil >= relay.coils()) {
      table.complain("coil", "coil %d: the board has 0 to %d".formatted(coil, relay.coils() - 1));
    }
    claims.claim(table, "coil", "coil " + coil + " of " + output.board().name(), owner);
    return Optional.of(output);
  }
}
