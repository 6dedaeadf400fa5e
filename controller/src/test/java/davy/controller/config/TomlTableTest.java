package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.TomlTable.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TomlTableTest {

  private static final List<Choice<Integer>> WORDS =
      List.of(new Choice<>("one", 1), new Choice<>("two", 2));

  private final List<Complaint> complaints = new ArrayList<>();

  @Test
  void rightValuesAreReadWithoutAComplaint() {
    TomlTable root =
        parse(
            """
            name = "x"
            count = 3
            limit = 1.5
            whole = 2
            on = true
            word = "two"
            list = [1, 0x10]
            names = ["a", "b"]
            [inner]
            deep = { deeper = 7 }
            [[row]]
            n = 1
            [[row]]
            n = 2
            """);
    assertEquals("x", root.text("name"));
    assertEquals(3, root.integer("count", 3, 3));
    assertEquals(150, root.decimal("limit", 2, 0, 150));
    assertEquals(200, root.decimal("whole", 2, 0, 400));
    assertTrue(root.flag("on"));
    assertEquals(2, root.choice("word", WORDS));
    assertEquals(List.of(1, 16), root.integers("list", 0, 20));
    assertEquals(List.of("a", "b"), root.texts("names"));
    assertEquals(7, root.table("inner").table("deep").integer("deeper", 0, 9));
    assertEquals(
        List.of(1, 2), root.tables("row").stream().map(r -> r.integer("n", 0, 9)).toList());
    assertEquals(5, root.integer("absent", 0, 9, 5));
    assertEquals(Optional.empty(), root.optionalText("absent"));
    root.finish();
    assertEquals(List.of(), complaints);
  }

  @Test
  void everyWrongValueIsToldAtItsPlaceInOneRun() {
    TomlTable root =
        parse(
            """
            name = 3
            count = 10
            limit = 1.505
            on = "yes"
            word = "three"
            list = [1, 99]
            [inner]
            strange = 1
              [[inner.row]]
              n = -1
            """);
    root.text("name");
    root.integer("count", 0, 9);
    root.decimal("limit", 2, 0, 400);
    root.flag("on");
    root.choice("word", WORDS);
    root.integers("list", 0, 20);
    root.table("inner").tables("row").forEach(row -> row.integer("n", 0, 9));
    root.text("needed");
    root.table("lost").text("silent");
    root.finish();
    assertEquals(
        List.of(
            "f.toml:1:1: name must be a text in quotes",
            "f.toml:2:1: count must be a whole number from 0 to 9",
            "f.toml:3:1: limit must be a number from 0.00 to 4.00 with at most 2 decimals",
            "f.toml:4:1: on must be true or false",
            "f.toml:5:1: word must be one of \"one\", \"two\", not \"three\"",
            "f.toml:6:12: list must be a whole number from 0 to 20",
            "f.toml:10:3: n must be a whole number from 0 to 9",
            "f.toml:1:1: needed is missing: a text",
            "f.toml:1:1: lost is missing: a table",
            "f.toml:8:1: unknown key strange; known here: row"),
        complaints.stream().map(Complaint::toString).toList());
  }

  @Test
  void aBrokenFileIsToldWithEveryErrorAndNothingElse() {
    assertEquals(Optional.empty(), TomlTable.parse("f.toml", "a = \nb = 1x\nc = 2\n", complaints));
    assertEquals(2, complaints.size());
    assertEquals(1, complaints.getFirst().line());
    assertEquals(2, complaints.getLast().line());
  }

  @Test
  void aParameterStandsWhereItsNameStands() {
    TomlTable root = parse("count = \"$n\"\nlist = [1, \"$n\"]\nwrong = \"$m\"\n");
    root.substitute(Map.of("n", 7L));
    assertEquals(7, root.integer("count", 0, 9));
    assertEquals(List.of(1, 7), root.integers("list", 0, 9));
    root.integer("wrong", 0, 9);
    assertEquals(
        List.of("f.toml:3:1: wrong names the parameter $m, which is not declared"),
        complaints.stream().map(Complaint::toString).toList());
  }

  private TomlTable parse(String text) {
    return TomlTable.parse("f.toml", text, complaints).orElseThrow();
  }
}
