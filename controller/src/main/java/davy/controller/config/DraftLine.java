package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import java.util.List;

/** A {@code [[line]]}, with its place in the file. */
record DraftLine(
    TomlTable table,
    String name,
    String port,
    SerialSettings settings,
    boolean rs485Rts,
    boolean pseudoTerminal) {

  /** The speeds that a line may have, the slowest first. */
  static final List<Integer> SPEEDS =
      List.of(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200);

  private static final List<Choice<Integer>> BAUDS =
      SPEEDS.stream().map(baud -> new Choice<>(baud.toString(), baud)).toList();
  static final List<Choice<Format>> FORMATS =
      List.of(
          new Choice<>("8N1", Format.F8N1),
          new Choice<>("8E1", Format.F8E1),
          new Choice<>("8N2", Format.F8N2));

  /** One place of the file is one line: all else follows from it, and need not be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DraftLine that && table.equals(that.table);
  }

  @Override
  public int hashCode() {
    return table.hashCode();
  }

  static Named<DraftLine> read(TomlTable root, Ports ports, Claims claims, boolean bench) {
    Named<DraftLine> lines = new Named<>("line");
    for (TomlTable table : root.tables("line")) {
      String name = Named.name(table);
      String port = table.text("port");
      DraftLine line =
          new DraftLine(
              table,
              name,
              port,
              new SerialSettings(baud(table), table.choice("format", FORMATS)),
              table.flag("rs485Rts", false),
              !port.isEmpty() && ports.pseudoTerminal(port));
      lines.add(table, name, line);
      judgePort(table, port, "line " + name, ports, claims, bench);
    }
    if (lines.all().isEmpty()) {
      root.complain("no [[line]]: a site needs at least one serial line");
    }
    return lines;
  }

  private static int baud(TomlTable table) {
    int baud = table.integer("baud", 1200, 115_200);
    if (BAUDS.stream().noneMatch(known -> known.meaning() == baud)) {
      table.complain(
          "baud",
          "baud must be one of " + String.join(", ", BAUDS.stream().map(Choice::word).toList()));
    }
    return baud;
  }

  /** Complains of a port that may wander, or that somebody else of the site has. */
  static void judgePort(
      TomlTable table, String port, String owner, Ports ports, Claims claims, boolean bench) {
    if (port.isEmpty()) {
      return;
    }
    if (!port.startsWith("/")) {
      table.complain("port", "port must be the full path of a device, /dev/…");
      return;
    }
    if (Ports.wandering(port) && !bench) {
      table.complain(
          "port",
          port
              + " may be another adapter after the next start: use its name under"
              + " /dev/serial/by-path or /dev/serial/by-id");
    }
    claims.claim(table, "port", "port " + ports.device(port), owner);
  }
}
