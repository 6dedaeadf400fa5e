package davy.controller.config;

import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.Grade;
import davy.controller.config.TomlTable.Choice;
import davy.hal.signal.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code [annunciator]} and the mine's own {@code [[grade]]} table.
 *
 * @param grades in the order of the file; the worst that fits wins
 */
record DraftAnnunciator(
    Optional<DraftOutput> lamp, Optional<DraftOutput> sounder, List<GradeRow> grades) {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final List<Choice<Grade>> GRADES =
      List.of(
          new Choice<>("1", Grade.ONE),
          new Choice<>("2", Grade.TWO),
          new Choice<>("3", Grade.THREE),
          new Choice<>("4", Grade.FOUR));

  static DraftAnnunciator read(TomlTable root, Named<DraftDevice> devices, Claims claims) {
    Optional<TomlTable> table = root.optionalTable("annunciator");
    return new DraftAnnunciator(
        table.flatMap(from -> output(from, "lamp", devices, claims)),
        table.flatMap(from -> output(from, "sounder", devices, claims)),
        root.tables("grade").stream().map(DraftAnnunciator::grade).toList());
  }

  private static Optional<DraftOutput> output(
      TomlTable table, String key, Named<DraftDevice> devices, Claims claims) {
    return table
        .optionalTable(key)
        .flatMap(output -> DraftOutput.plain(output, "the " + key, devices, claims));
  }

  private static GradeRow grade(TomlTable row) {
    return new GradeRow(
        row.decimal("atLeast", Quantity.METHANE.decimals(), 1, 10_000),
        row.integer("forSeconds", 0, 86_400, 0) * SECOND_NANOS,
        row.integer("points", 1, 1_000, 1),
        row.choice("grade", GRADES));
  }

  List<DraftOutput> outputs() {
    return Stream.concat(lamp.stream(), sounder.stream()).toList();
  }
}
