package davy.controller.demo;

import davy.controller.json.JsonLine;
import davy.hal.signal.Tick;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells what happens, one line each: as a story in one language, or as JSON. Any thread. */
final class Narrator {

  /** One sentence in both languages. */
  record Words(String english, String chinese) {}

  private final PrintStream out;
  private final boolean json;
  private final boolean chinese;
  private final Tick start;
  private boolean hushed;

  Narrator(PrintStream out, boolean json, boolean chinese, Tick start) {
    this.out = out;
    this.json = json;
    this.chinese = chinese;
    this.start = start;
  }

  /**
   * @param event stable id of what happened
   * @param fields more about it, JSON only
   */
  void tell(Tick at, String event, Map<String, ?> fields, Words words) {
    double seconds = at.nanosSince(start) / 1e9;
    if (!json) {
      line(String.format(Locale.ROOT, "%8.3f s  %s", seconds, say(words)));
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", event);
    all.put("atMillis", Math.round(seconds * 1000));
    all.put("tick", at.nanos());
    all.putAll(fields);
    all.put("text", say(words));
    line(JsonLine.write(all));
  }

  void tell(String event, Words words) {
    tell(new Tick(System.nanoTime()), event, Map.of(), words);
  }

  /** The last line of a run: JSON fields, or sentences. */
  void close(Map<String, ?> fields, Iterable<Words> sentences) {
    if (json) {
      line(JsonLine.write(fields));
    } else {
      line("");
      sentences.forEach(words -> line(say(words)));
    }
  }

  private String say(Words words) {
    return chinese ? words.chinese() : words.english();
  }

  /** From now on nothing is told: the run is being ended from outside. */
  synchronized void hush() {
    hushed = true;
  }

  private synchronized void line(String text) {
    if (!hushed) {
      out.println(text);
      out.flush();
    }
  }
}
