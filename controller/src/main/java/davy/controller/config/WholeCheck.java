package davy.controller.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be judged only once every section of a site file was read. */
final class WholeCheck {

  private WholeCheck() {}

  static void judge(Draft draft) {
    draft.devices().forEach(device -> pollRate(draft, device));
    Set<String> used = new HashSet<>();
    draft.devices().forEach(device -> device.line().ifPresent(line -> used.add(line.name())));
    draft.lines().stream().filter(line -> !used.contains(line.name())).forEach(WholeCheck::empty);
    draft.fans().forEach(fan -> board(draft, fan.outputs(), "a fan's"));
    board(draft, draft.annunciator().outputs(), "lamp and sounder");
    SparkplugNames.judge(draft);
    if (draft.profile().demo()) {
      demo(draft);
    }
  }

  private static void pollRate(Draft draft, DraftDevice device) {
    if (device.pollMillis().isPresent() && draft.ties().interlock(device)) {
      device
          .table()
          .complain(
              "pollMillis",
              "a zone depends on %s: it is polled in every round, take pollMillis away"
                  .formatted(device.name()));
    }
  }

  private static void empty(DraftLine line) {
    line.table().complain("no [[device]] is on line " + line.name());
  }

  /** On a self-dropping board nothing is ever switched on for good (S11), so no fan (S7). */
  private static void board(Draft draft, List<DraftOutput> outputs, String whose) {
    for (DraftOutput output : outputs) {
      output
          .device()
          .filter(
              board -> draft.ties().coils(board).stream().anyMatch(coil -> coil.pulseMillis() > 0))
          .ifPresent(
              board ->
                  output
                      .table()
                      .complain(
                          "device",
                          "%s drops zones by its pulse: %s outputs need another board"
                              .formatted(board.name(), whose)));
    }
  }

  private static void demo(Draft draft) {
    String name = draft.profile().name();
    for (DraftLine line : draft.lines()) {
      if (!line.pseudoTerminal()) {
        pseudoTerminal(line.table(), name, line.port());
      }
    }
    draft
        .guard()
        .filter(guard -> !guard.pseudoTerminal())
        .ifPresent(guard -> pseudoTerminal(guard.table(), name, guard.port()));
    draft.ties().gpio().forEach(table -> table.complain("chip", "a demo profile allows no GPIO"));
  }

  private static void pseudoTerminal(TomlTable table, String profile, String port) {
    table.complain(
        "port", "profile %s is for pseudo-terminals only: %s is none".formatted(profile, port));
  }
}
