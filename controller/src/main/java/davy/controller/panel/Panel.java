package davy.controller.panel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.tinylog.Logger;

/** Serves the page, streams the frames to it and passes its requests on. */
public final class Panel implements AutoCloseable {

  private static final int VIEWERS = 32;
  private static final int REQUEST_BYTES = 4096;

  /** What a person may ask for with a PIN; the interlock judges it. */
  private static final Set<String> SIGNED =
      Set.of(
          "reset",
          "proof-test",
          "gas-test",
          "calibrate",
          "inhibit",
          "end-bypass",
          "unlock-fan",
          "accept-configuration",
          "acknowledge",
          "mute",
          "shelve",
          "unshelve",
          "out-of-service",
          "back-in-service",
          "close-alarm",
          "correct-alarm");

  /** What is served: path, resource, content type. */
  private enum Asset {
    PAGE("/", "panel.html", "text/html; charset=utf-8"),
    STYLE("/panel.css", "panel.css", "text/css; charset=utf-8"),
    SCRIPT("/panel.js", "panel.js", "text/javascript; charset=utf-8"),
    ASK("/ask.js", "ask.js", "text/javascript; charset=utf-8"),
    DRAW("/draw.js", "draw.js", "text/javascript; charset=utf-8"),
    GUARD("/guard.js", "guard.js", "text/javascript; charset=utf-8"),
    REGISTERS("/registers.js", "registers.js", "text/javascript; charset=utf-8"),
    VIEW("/view.js", "view.js", "text/javascript; charset=utf-8"),
    WORDS("/words.js", "words.js", "text/javascript; charset=utf-8"),
    ICON("/favicon.svg", "favicon.svg", "image/svg+xml");

    private final String path;
    private final String type;
    private final byte[] bytes;

    Asset(String path, String resource, String type) {
      this.path = path;
      this.type = type;
      this.bytes = Panel.read(resource);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore viewers = new Semaphore(VIEWERS);
  private final Gate gate = new Gate();
  private final Frames frames;
  private final Relay relay;
  private final Clock clock;

  private Panel(HttpServer server, Frames frames, Relay relay, Clock clock) {
    this.server = server;
    this.frames = frames;
    this.relay = relay;
    this.clock = clock;
  }

  /**
   * Starts to serve.
   *
   * @param settings port 0 takes any free one
   * @throws IOException when the address can't be bound; the message names it
   */
  public static Panel start(Site.PanelSettings settings, Frames frames, Relay relay, Clock clock)
      throws IOException {
    var address = new InetSocketAddress(settings.bind(), settings.port());
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException("the panel can't listen on " + address + ": " + e.getMessage(), e);
    }
    var panel = new Panel(server, frames, relay, clock);
    server.setExecutor(panel.threads);
    server.createContext("/", panel::handle);
    server.start();
    return panel;
  }

  /** Where the page is. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, bound.getPort()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Gate.addHeaders(exchange);
      if (!gate.isOurHost(exchange.getRequestHeaders())) {
        answer(exchange, 421, "this page is not served under that name");
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "GET" -> look(exchange);
        case "POST" -> ask(exchange);
        default -> answer(exchange, 405, "GET or POST");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      Logger.debug("a viewer is gone: {}", e.getMessage());
    }
  }

  private void look(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/frames")) {
      stream(exchange);
      return;
    }
    if (path.equals("/metrics")) {
      Optional<Frames.Numbered> latest = frames.latest();
      long age = latest.map(frame -> clock.now().nanosSince(frame.arrival())).orElse(0L);
      send(exchange, 200, Metrics.TYPE, Metrics.of(latest.map(Frames.Numbered::json), age));
      return;
    }
    for (Asset asset : Asset.values()) {
      if (asset.path.equals(path)) {
        exchange.getResponseHeaders().set("Content-Type", asset.type);
        exchange.sendResponseHeaders(200, asset.bytes.length);
        exchange.getResponseBody().write(asset.bytes);
        return;
      }
    }
    answer(exchange, 404, "there is nothing here");
  }

  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    if (!viewers.tryAcquire()) {
      answer(exchange, 503, "too many pages are open");
      return;
    }
    try {
      new Viewer(frames, relay, clock).serve(exchange);
    } finally {
      viewers.release();
    }
  }

  private void ask(HttpExchange exchange) throws IOException {
    if (!gate.isOwnPage(exchange.getRequestHeaders())) {
      answer(exchange, 403, "only the panel's own page may ask");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(REQUEST_BYTES + 1);
    if (body.length > REQUEST_BYTES) {
      answer(exchange, 413, "a request has at most " + REQUEST_BYTES + " bytes");
      return;
    }
    Map<String, String> fields;
    try {
      fields = texts(JsonLine.read(new String(body, StandardCharsets.UTF_8)));
    } catch (JsonLine.Malformed e) {
      answer(exchange, 400, "a request is one JSON object");
      return;
    }
    String kind = exchange.getRequestURI().getPath().substring(1);
    if (kind.equals("trip")) {
      relayed(exchange, relay.trip(text(fields, "zone"), text(fields, "person")));
    } else if (SIGNED.contains(kind)) {
      relayed(exchange, relay.ask(kind, fields));
    } else {
      answer(exchange, 404, "there is nothing to ask here");
    }
  }

  private static Map<String, String> texts(Map<String, Object> fields) {
    Map<String, String> texts = new HashMap<>();
    fields.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  private static String text(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }

  private static void relayed(HttpExchange exchange, String line) throws IOException {
    send(exchange, 200, "application/json", line);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Panel.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(resource + " can't be read from the program", e);
    }
  }

  /** Stops at once; open pages say by themselves that the station is gone. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
