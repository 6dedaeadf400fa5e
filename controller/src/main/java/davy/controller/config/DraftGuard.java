package davy.controller.config;

import java.util.Optional;

/**
 * {@code [guard]}: the watchdog processor whose master relay stands in series with every zone.
 *
 * @param circuit the name of what the master relay cuts: the supply of the zones' relay coils
 */
record DraftGuard(TomlTable table, String port, String circuit, boolean pseudoTerminal) {

  private static final String CIRCUIT = "guard";

  static Optional<DraftGuard> read(TomlTable root, Ports ports, Claims claims, boolean bench) {
    return root.optionalTable("guard")
        .map(
            table -> {
              String port = table.text("port");
              DraftLine.judgePort(table, port, "the guard", ports, claims, bench);
              return new DraftGuard(
                  table,
                  port,
                  table.optionalText("circuit").orElse(CIRCUIT),
                  !port.isEmpty() && ports.pseudoTerminal(port));
            });
  }
}
