package davy.controller.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The dictionary of records as it was released: counties keep what these ids mean for years. A line
 * of {@code dictionary.txt} never changes its id or its severity and never leaves; a new code gets
 * a line with its release; a text that improves is changed in both places.
 */
class EventCodeTest {

  private static List<String> released() throws IOException {
    try (InputStream file = EventCodeTest.class.getResourceAsStream("dictionary.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String line(EventCode code) {
    return "%s | %s | %s | %s"
        .formatted(code.id(), code.severity(), code.chinese(), code.english());
  }

  private static List<String> less(List<String> all, List<String> those) {
    return all.stream().filter(line -> !those.contains(line)).toList();
  }

  @Test
  void whatWasReleasedMeansTheSameForEver() throws IOException {
    List<String> today = Arrays.stream(EventCode.values()).map(EventCodeTest::line).toList();
    assertEquals(List.of(), less(released(), today), "changed or gone since it was released");
    assertEquals(List.of(), less(today, released()), "not in dictionary.txt, or changed");
  }

  @Test
  void noIdMeansTwoThingsAndEachHasItsTextsAndIsFound() {
    Set<String> ids = new HashSet<>();
    for (EventCode code : EventCode.values()) {
      assertEquals(true, ids.add(code.id()), code.id());
      assertEquals(code, EventCode.of(code.id()).orElseThrow());
      assertEquals(false, code.english().isBlank() || code.chinese().isBlank(), code.id());
    }
  }
}
