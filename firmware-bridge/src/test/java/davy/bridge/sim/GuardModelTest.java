package davy.bridge.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.guard.GuardCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated guard against the sessions that were recorded with the firmware. */
final class GuardModelTest {

  private static final HexFormat HEX = HexFormat.of();

  private GuardStore store = new GuardStore(0);
  private GuardModel model;
  private String sent = "";
  private String expected = "";
  private boolean armed;
  private String call = "";

  @Test
  void everyRecordedCallSendsAndSwitchesTheSame() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("guard-firmware/vectors.txt"));
    int sessions = 0;
    for (String line : lines) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "store" -> {
          finish(line);
          store = new GuardStore(Long.parseUnsignedLong(words[1], 16));
          armed = false;
          sessions++;
        }
        case "out" -> expected = words[1];
        case "armed" -> armed = words[1].equals("1");
        case "start", "in", "run" -> {
          finish(line);
          call(words);
          sent = HEX.formatHex(model.sent());
        }
        default -> {}
      }
    }
    finish("the end");
    assertTrue(sessions > 10, "sessions: " + sessions);
  }

  private void call(String[] words) {
    int at = Integer.parseUnsignedInt(words[1]);
    switch (words[0]) {
      case "start" ->
          model =
              new GuardModel(
                  GuardCause.values()[Integer.parseInt(words[2])],
                  Integer.parseInt(words[3], 16),
                  store,
                  Integer.parseUnsignedInt(words[4], 16),
                  at);
      case "in" -> model.receive(HEX.parseHex(words[2]), at);
      default ->
          model.run(
              new GuardModel.Contacts(
                  words[2].equals("1"),
                  words[3].equals("1"),
                  words[4].equals("1"),
                  Integer.parseInt(words[5]),
                  Integer.parseInt(words[6])),
              at);
    }
  }

  private void finish(String next) {
    assertEquals(expected, sent, call);
    if (!call.isEmpty() && !call.startsWith("store")) {
      assertEquals(armed, model.armed(), call);
    }
    call = next;
    expected = "";
    sent = "";
  }

  @Test
  void itsWireMakesAndFindsTheRecordedFrames() throws IOException {
    for (String line : Files.readAllLines(Path.of("guard-firmware/vectors.txt"))) {
      String[] words = line.split(" ");
      if (words[0].equals("frame")) {
        byte[] payload = words[3].equals("-") ? new byte[0] : HEX.parseHex(words[3]);
        int type = Integer.parseInt(words[1], 16);
        int sequence = Integer.parseInt(words[2], 16);
        assertEquals(words[4], HEX.formatHex(GuardWire.frame(type, sequence, payload)));
        GuardWire wire = new GuardWire();
        for (byte one : HEX.parseHex(words[4])) {
          wire.add(one);
        }
        GuardWire.Heard heard = wire.take().getFirst();
        assertEquals(type, heard.type());
        assertEquals(sequence, heard.sequence());
        assertArrayEquals(payload, heard.payload());
      }
    }
  }
}
