package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DifferenceTest {

  @Test
  void whatWentAndWhatCameIsShownInTheFilesOrder() {
    assertEquals(
        List.of("- tripAt = 1.50", "+ tripAt = 1.40", "+ stable = 2", "- closing = \"by-hand\""),
        Difference.of(
            "a\ntripAt = 1.50\nb\nclosing = \"by-hand\"\nc\n",
            "a\ntripAt = 1.40\nstable = 2\nb\nc\n"));
    assertEquals(List.of(), Difference.of("a\nb\n", "a\nb\n"));
    assertEquals(List.of("+ a", "+ b"), Difference.of("", "a\nb\n"));
  }

  @Test
  void aLongDifferenceIsCutAndSaysSo() {
    List<String> shown = Difference.of("x".repeat(300), "y\n".repeat(2_000));
    assertEquals(Difference.LINES + 1, shown.size());
    assertTrue(shown.getFirst().length() <= Difference.COLUMNS);
    assertEquals("… 1941 more lines", shown.getLast());
  }
}
