package davy.tests.browser;

import davy.controller.json.JsonLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A headless Chromium with one page of 1024 × 600, in a folder of its own that goes with it. */
final class Browser implements AutoCloseable {

  private static final Map<String, Integer> KEY_CODES =
      Map.of("Tab", 9, "Enter", 13, "ArrowDown", 40);

  private static final long PATIENCE_SECONDS = 30;

  private final Path folder;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private WebSocket socket;
  private String session = "";
  private int count;

  private Browser(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static Optional<Path> installed() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser open(Path program) throws Exception {
    Path folder = Files.createTempDirectory("davy-browser");
    List<String> command = new ArrayList<>(List.of(program.toString(), "--headless"));
    command.addAll(List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-dev-shm-usage", "--hide-scrollbars"));
    command.addAll(List.of("--window-size=1024,600", "--remote-debugging-port=0"));
    command.addAll(List.of("--user-data-dir=" + folder, "about:blank"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Browser browser = new Browser(folder, process);
    try {
      browser.connect();
    } catch (Exception e) {
      browser.close();
      throw e;
    }
    return browser;
  }

  private void connect() throws Exception {
    Path portFile = folder.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("no browser: " + Files.readString(folder.resolve("log")));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    List<String> lines = Files.readAllLines(portFile);
    URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(address, new Listener())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<String, Object> target = call("", "Target.createTarget", Map.of("url", "about:blank"));
    Map<String, Object> attached =
        call(
            "",
            "Target.attachToTarget",
            Map.of("targetId", target.get("targetId"), "flatten", true));
    session = (String) attached.get("sessionId");
    call(
        session,
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1024, "height", 600, "deviceScaleFactor", 1, "mobile", false));
  }

  void go(URI address) throws Exception {
    call(session, "Page.navigate", Map.of("url", address.toString()));
  }

  /** The value of an expression, as text. */
  String evaluate(String expression) throws Exception {
    Map<String, Object> answer =
        call(
            session,
            "Runtime.evaluate",
            Map.of("expression", "String(" + expression + ")", "returnByValue", true));
    return String.valueOf(((Map<?, ?>) answer.get("result")).get("value"));
  }

  /** Waits until the expression is true in the page. */
  void await(String expression) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!evaluate(expression).equals("true")) {
      if (System.nanoTime() > end) {
        throw new AssertionError(expression + "\n" + evaluate("document.body.innerText"));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  /** Presses and lets go of a key, as a keyboard does. */
  void press(String key) throws Exception {
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    Map<String, Object> down = new LinkedHashMap<>(Map.of("type", "keyDown", "key", key));
    down.put("code", key);
    down.put("text", text);
    down.put("windowsVirtualKeyCode", KEY_CODES.getOrDefault(key, 0));
    call(session, "Input.dispatchKeyEvent", down);
    call(session, "Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
  }

  void type(String text) throws Exception {
    call(session, "Input.insertText", Map.of("text", text));
  }

  byte[] picture() throws Exception {
    Map<String, Object> answer = call(session, "Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode((String) answer.get("data"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> call(String session, String method, Map<String, Object> parameters)
      throws Exception {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", ++count);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(JsonLine.write(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (true) {
      String line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new IOException("the browser does not answer " + method);
      }
      Map<String, Object> answer = JsonLine.read(line);
      if (Long.valueOf(count).equals(answer.get("id"))) {
        if (answer.containsKey("error")) {
          throw new IOException(method + ": " + answer.get("error"));
        }
        return (Map<String, Object>) answer.get("result");
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
