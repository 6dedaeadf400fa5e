package davy.controller.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.hal.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PanelTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Frames frames = new Frames();
  private final Interlock interlock = new Interlock();
  private Panel panel;

  /** Answers as the interlock would, and remembers what it was asked. */
  private static final class Interlock implements Relay {
    private final List<String> asked = new ArrayList<>();

    @Override
    public String trouble() {
      return "no \"socket\"";
    }

    @Override
    public synchronized String trip(String zone, String person) {
      asked.add("trip " + zone + " " + person);
      return "{\"accepted\":true,\"answer\":\"TRIPPED\"}";
    }

    @Override
    public synchronized String ask(String kind, Map<String, String> fields) {
      asked.add(kind + " " + new TreeMap<>(fields));
      return "{\"accepted\":false,\"answer\":\"WRONG_PERSON_OR_PIN\"}";
    }
  }

  @BeforeEach
  void start() throws IOException {
    panel = Panel.start(new Site.PanelSettings("127.0.0.1", 0), frames, interlock, Clock.SYSTEM);
  }

  @AfterEach
  void stop() {
    panel.close();
  }

  @Test
  void thePageAndItsPartsComeWithStrictHeadersAndNothingFromElsewhere() throws IOException {
    for (String path : List.of("/", "/panel.css", "/panel.js", "/view.js", "/words.js")) {
      HttpURLConnection page = open(path, Map.of());
      assertEquals(200, page.getResponseCode(), path);
      String policy = page.getHeaderField("Content-Security-Policy");
      assertTrue(policy.startsWith("default-src 'none';"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", page.getHeaderField("X-Content-Type-Options"));
      assertEquals("no-store", page.getHeaderField("Cache-Control"));
      String text = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertFalse(text.contains("://"), path + " names another place");
    }
    assertEquals(404, open("/site.toml", Map.of()).getResponseCode());
    assertEquals(404, open("/../panel.js", Map.of()).getResponseCode());
  }

  @Test
  void metricsAreServedBesideThePage() throws IOException {
    frames.show("{\"scan\":{\"scans\":3}}", Clock.SYSTEM.now());
    HttpURLConnection page = open("/metrics", Map.of());
    assertEquals(200, page.getResponseCode());
    assertEquals(Metrics.TYPE, page.getContentType());
    String text = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(text.contains("davy_scans_total 3\n"), text);
  }

  @Test
  void aFrameReachesAnOpenPageAndANewPageSeesTheLatestWithItsAge() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          frames.show("{\"frame\":1}", Clock.SYSTEM.now().plusMillis(-700));
          try (BufferedReader events = events()) {
            String first = next(events, "frame");
            assertTrue(first.endsWith(",\"frame\":{\"frame\":1}}"), first);
            long held = Long.parseLong(first.replaceAll(".*\"held\":(\\d+).*", "$1"));
            assertTrue(held >= 700 && held < 5_000, first);
            frames.show("{\"frame\":2}\n", Clock.SYSTEM.now());
            assertTrue(next(events, "frame").endsWith(",\"frame\":{\"frame\":2}}"));
          }
        });
  }

  @Test
  void silenceIsToldWithItsReason() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try (BufferedReader events = events()) {
            String quiet = next(events, "quiet");
            assertTrue(quiet.endsWith(",\"trouble\":\"no \\\"socket\\\"\"}"), quiet);
            assertTrue(next(events, "quiet").contains("\"held\":"));
          }
        });
  }

  @Test
  void aViewerThatNeverReadsDelaysNobody() {
    assertTimeoutPreemptively(
        LIMIT.multipliedBy(3),
        () -> {
          String large = "{\"text\":\"" + "x".repeat(60_000) + "\"}";
          URI address = panel.address();
          try (Socket stuck = new Socket(address.getHost(), address.getPort());
              BufferedReader events = events()) {
            String request = "GET /frames HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            stuck.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
              frames.show(large, Clock.SYSTEM.now());
              assertTrue(next(events, "frame").length() > 60_000);
            }
          }
        });
  }

  @Test
  void tooManyPagesAreRefusedAndAPlaceComesFreeAgain() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          List<BufferedReader> open = new ArrayList<>();
          for (int i = 0; i < 32; i++) {
            open.add(events());
          }
          assertEquals(503, open("/frames", Map.of()).getResponseCode());
          for (BufferedReader events : open) {
            events.close();
          }
          int status = 503;
          while (status == 503) {
            frames.show("{}", Clock.SYSTEM.now());
            HttpURLConnection again = open("/frames", Map.of());
            status = again.getResponseCode();
            again.disconnect();
          }
          assertEquals(200, status);
        });
  }

  @Test
  void requestsOfThePageArePassedOnAndAnsweredByTheInterlock() throws IOException {
    assertEquals(
        "200 {\"accepted\":true,\"answer\":\"TRIPPED\"}",
        post("/trip", own(), "{\"zone\":\"Z1\",\"person\":\"王\"}"));
    assertEquals(
        "200 {\"accepted\":false,\"answer\":\"WRONG_PERSON_OR_PIN\"}",
        post("/reset", own(), "{\"zone\":\"Z1\",\"person\":\"a\",\"pin\":\"1\",\"nonce\":\"n\"}"));
    assertEquals(
        List.of("trip Z1 王", "reset {nonce=n, person=a, pin=1, zone=Z1}"), interlock.asked);
  }

  @Test
  void whatDoesNotComeFromOurPageAsksForNothing() throws IOException {
    String trip = "{\"zone\":\"Z1\"}";
    assertEquals(403, status("/trip", Map.of("Content-Type", "application/json"), trip));
    assertEquals(403, status("/trip", Map.of("X-Davy-Panel", "1"), trip));
    assertTrue(rawTrip("Origin: http://elsewhere.example").startsWith("HTTP/1.1 403 "));
    assertTrue(rawTrip("Origin: null").startsWith("HTTP/1.1 403 "));
    assertTrue(rawTrip("Sec-Fetch-Site: cross-site").startsWith("HTTP/1.1 403 "));
    assertEquals(400, status("/trip", own(), "zone=Z1"));
    assertEquals(413, status("/trip", own(), "{\"zone\":\"" + "Z".repeat(5_000) + "\"}"));
    assertEquals(404, status("/grant", own(), trip));
    assertEquals(List.of(), interlock.asked);
    assertTrue(rawTrip("Origin: http://127.0.0.1").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void aForeignNameThatPointsHereIsRefused() throws IOException {
    assertTrue(rawGet("elsewhere.example").startsWith("HTTP/1.1 421 "));
    assertTrue(rawGet("localhost.elsewhere.example:80").startsWith("HTTP/1.1 421 "));
    assertTrue(rawGet("localhost:8080").startsWith("HTTP/1.1 200 "));
    assertTrue(rawGet("10.1.2.3").startsWith("HTTP/1.1 200 "));
  }

  private static Map<String, String> own() {
    return Map.of("X-Davy-Panel", "1", "Content-Type", "application/json; charset=utf-8");
  }

  private String rawGet(String host) throws IOException {
    return raw("GET / HTTP/1.1", "Host: " + host, "Connection: close", "", "");
  }

  private String rawTrip(String header) throws IOException {
    return raw(
        "POST /trip HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        "X-Davy-Panel: 1",
        "Content-Type: application/json",
        "Content-Length: 2",
        header,
        "",
        "{}");
  }

  /** What only a socket of our own can send: the client library keeps these headers to itself. */
  private String raw(String... lines) throws IOException {
    URI address = panel.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      byte[] request = String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpURLConnection open(String path, Map<String, String> headers) throws IOException {
    var connection = (HttpURLConnection) panel.address().resolve(path).toURL().openConnection();
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private HttpURLConnection posted(String path, Map<String, String> headers, String body)
      throws IOException {
    HttpURLConnection connection = open(path, headers);
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return connection;
  }

  private int status(String path, Map<String, String> headers, String body) throws IOException {
    return posted(path, headers, body).getResponseCode();
  }

  private String post(String path, Map<String, String> headers, String body) throws IOException {
    HttpURLConnection connection = posted(path, headers, body);
    return connection.getResponseCode()
        + " "
        + new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private BufferedReader events() throws IOException {
    HttpURLConnection connection = open("/frames", Map.of());
    assertEquals(200, connection.getResponseCode());
    return new BufferedReader(
        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The data of the next event of that name. */
  private static String next(BufferedReader events, String name) throws IOException {
    String line = events.readLine();
    while (!line.equals("event: " + name)) {
      line = events.readLine();
    }
    return events.readLine().substring("data: ".length());
  }
}
