package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.controller.json.JsonLine;
import davy.controller.sparkplug.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decoder that Davy did not write reads what was sent as it was meant. */
class ForeignDecoderTest {

  private static final String PACKAGE = "sparkplug-payload@1.0.3";
  private static final Map<Long, String> TYPES =
      Map.of(4L, "Int64", 10L, "Double", 11L, "Boolean", 12L, "String");

  @TempDir Path folder;

  /** Skipped only where the registry can't be reached; without npm at all it fails. */
  private static Path decoder() throws Exception {
    Path place = Files.createDirectories(Path.of("target", "foreign-decoder")).toAbsolutePath();
    if (!Files.exists(place.resolve("node_modules/sparkplug-payload"))) {
      Path log = place.resolve("npm.log");
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix",
                  place.toString(),
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  PACKAGE)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = npm.waitFor(60, TimeUnit.SECONDS);
      npm.destroyForcibly();
      String said = Files.readString(log);
      boolean unreachable =
          !ended || said.matches("(?s).*(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED).*");
      assumeTrue(!unreachable, "npm's registry can't be reached: " + said);
      assertEquals(0, npm.exitValue(), said);
    }
    Path script = place.resolve("decode.js");
    Files.writeString(script, Files.readString(Path.of("src/test/js/decode.js")));
    return script;
  }

  private List<byte[]> session() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "");
        Scada scada = new Scada(broker.port())) {
      try (Node node = new Node(folder, broker.port(), Optional.empty())) {
        await("births", () -> scada.count("DBIRTH") == 5);
        int change = 0;
        for (String says : List.of("0.41", "faulty", "1.60", "overRange", "stale", "-0.05")) {
          long before = scada.count("DDATA");
          node.show(++change, says, change % 2 == 0);
          await("data", () -> scada.count("DDATA") > before);
        }
      }
      await("the death", () -> scada.count("NDEATH") == 1);
      try (Node node = new Node(folder, broker.port(), Optional.empty(), 500)) {
        await("the past", () -> scada.heard().stream().anyMatch(ForeignDecoderTest::historical));
        node.interlockGone();
        await("deaths", () -> scada.count("DDEATH") == 5);
      }
      return scada.heard().stream().map(Scada.Message::payload).toList();
    }
  }

  private static boolean historical(Scada.Message message) {
    return message.decoded().metrics().stream().anyMatch(Decoded.Metric::historical);
  }

  @Test
  void everyMessageIsReadAsItWasMeant() throws Exception {
    Path script = decoder();
    List<byte[]> sent = session();
    List<String> read = read(script, sent);
    assertEquals(sent.size(), read.size(), read.toString());
    int metrics = 0;
    for (int i = 0; i < sent.size(); i++) {
      Decoded ours = Decoded.of(sent.get(i));
      Map<String, Object> theirs = JsonLine.read(read.get(i));
      assertEquals(ours.time(), theirs.get("time"));
      assertEquals(ours.seq(), theirs.get("seq"));
      List<?> all = (List<?>) theirs.get("metrics");
      assertEquals(ours.metrics().size(), all.size());
      for (int m = 0; m < all.size(); m++) {
        same(ours.metrics().get(m), (Map<?, ?>) all.get(m));
        metrics++;
      }
    }
    assertTrue(metrics > 300, "only " + metrics);
    System.out.println(
        "sparkplug-payload read " + sent.size() + " messages, " + metrics + " metrics");
  }

  private static void same(Decoded.Metric ours, Map<?, ?> theirs) {
    assertEquals(ours.name(), theirs.get("name"));
    assertEquals(ours.alias(), theirs.get("alias"));
    assertEquals(ours.time(), theirs.get("time"));
    assertEquals(ours.historical(), theirs.get("historical"));
    assertEquals(ours.isNull(), theirs.get("isNull"), ours.toString());
    if (ours.type() >= 0) {
      assertEquals(TYPES.get(ours.type()), theirs.get("type"));
    }
    ours.value().ifPresent(value -> assertEquals(text(value), theirs.get("text")));
    assertEquals(property(ours, "Quality"), theirs.get("quality"));
    assertEquals(property(ours, "displayName"), theirs.get("displayName"));
    assertEquals(property(ours, "engUnit"), theirs.get("unit"));
  }

  private static String property(Decoded.Metric metric, String name) {
    return String.valueOf(metric.properties().getOrDefault(name, ""));
  }

  /** As JavaScript writes it. */
  private static String text(Object value) {
    String text = value.toString();
    return value instanceof Double && text.endsWith(".0")
        ? text.substring(0, text.length() - 2)
        : text;
  }

  private List<String> read(Path script, List<byte[]> sent)
      throws IOException, InterruptedException {
    String lines =
        sent.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n", "", "\n"));
    Path in = Files.writeString(folder.resolve("sent.hex"), lines);
    Process node =
        new ProcessBuilder("node", script.toString())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, node.waitFor(), said);
    return said.lines().toList();
  }
}
