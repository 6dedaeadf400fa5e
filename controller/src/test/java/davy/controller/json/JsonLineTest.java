package davy.controller.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonLineTest {

  @Test
  void whatIsWrittenIsReadBackInTheSameOrder() throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", "一\"号\n");
    fields.put("tick", 1L << 53);
    fields.put("ok", true);
    fields.put("list", List.of(Map.of("a", 1L), 2.5));
    String line = JsonLine.write(fields);
    assertEquals(-1, line.indexOf('\n'));
    Map<String, Object> back = JsonLine.read(line);
    assertEquals(fields, back);
    assertEquals(List.copyOf(fields.keySet()), List.copyOf(back.keySet()));
  }

  @Test
  void aNullFieldIsAnAbsentField() throws Exception {
    assertEquals(Map.of("a", 1L), JsonLine.read("{\"a\":1,\"b\":null}"));
  }

  @Test
  void anythingButOneObjectIsRefused() {
    for (String line : List.of("", "[1]", "{\"a\":", "{\"a\":1} {}", "{\"a\":tru}", "{\"a\":[1,")) {
      assertThrows(JsonLine.Malformed.class, () -> JsonLine.read(line), line);
    }
  }
}
