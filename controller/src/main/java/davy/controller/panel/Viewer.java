package davy.controller.panel;

import com.sun.net.httpserver.HttpExchange;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One open page: sends it every frame it is quick enough for, and silence once a second. */
final class Viewer {

  private static final long QUIET_MILLIS = 1_000;
  private static final int RETRY_MILLIS = 500;

  private final Frames frames;
  private final Relay relay;
  private final Clock clock;

  Viewer(Frames frames, Relay relay, Clock clock) {
    this.frames = frames;
    this.relay = relay;
    this.clock = clock;
  }

  /** Returns when the viewer is gone. */
  void serve(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, "retry: " + RETRY_MILLIS + "\n\n");
      long seen = 0;
      Tick since = clock.now();
      while (!Thread.interrupted()) {
        Optional<Frames.Numbered> frame = frames.after(seen, QUIET_MILLIS);
        if (frame.isPresent()) {
          seen = frame.get().number();
          since = frame.get().arrival();
          write(out, event("frame", since, ",\"frame\":" + frame.get().json().strip()));
        } else {
          write(out, event("quiet", since, ",\"trouble\":" + quoted(relay.trouble())));
        }
      }
    }
  }

  /**
   * An event with the times by which the page judges how old it is: when it was sent, on our clock,
   * and how old the latest frame was then.
   */
  private String event(String name, Tick since, String rest) {
    Tick now = clock.now();
    long held = now.nanosSince(since) / 1_000_000;
    long sent = now.nanos() / 1_000_000;
    return "event: %s\ndata: {\"sent\":%d,\"held\":%d%s}\n\n".formatted(name, sent, held, rest);
  }

  private static String quoted(String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("t", text);
    String object = JsonLine.write(fields);
    return object.substring("{\"t\":".length(), object.length() - 1);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
