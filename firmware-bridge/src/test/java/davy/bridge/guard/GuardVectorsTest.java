package davy.bridge.guard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The link's bytes against the golden vectors that the firmware keeps, too. */
final class GuardVectorsTest {

  private static final Path VECTORS = Path.of("guard-firmware/vectors.txt");
  private static final HexFormat HEX = HexFormat.of();

  private static List<String[]> lines(String kind) throws IOException {
    List<String[]> found =
        Files.readAllLines(VECTORS).stream()
            .map(line -> line.split(" "))
            .filter(words -> words[0].equals(kind))
            .toList();
    assertTrue(!found.isEmpty(), "no " + kind);
    return found;
  }

  @Test
  void checksumsAreTheRecordedOnes() throws IOException {
    for (String[] words : lines("crc")) {
      byte[] bytes = HEX.parseHex(words[1]);
      assertEquals(Integer.parseInt(words[2], 16), GuardFrame.crc(bytes, 0, bytes.length));
    }
  }

  @Test
  void codesAreTheRecordedOnes() throws IOException {
    for (String[] words : lines("code")) {
      int age = Integer.parseInt(words[5]);
      int flags = Integer.parseInt(words[6]);
      long digest = Long.parseUnsignedLong(words[7], 16);
      int code =
          Beat.code(
              hex(words[1]),
              hex(words[2]),
              hex(words[3]),
              hex(words[4]),
              age | flags << 16,
              (int) digest,
              (int) (digest >>> 32));
      assertEquals(hex(words[8]), code, String.join(" ", words));
    }
  }

  private static int hex(String word) {
    return Integer.parseUnsignedInt(word, 16);
  }

  @Test
  void framesAreTheRecordedOnesBothWays() throws IOException {
    for (String[] words : lines("frame")) {
      byte[] payload = words[3].equals("-") ? new byte[0] : HEX.parseHex(words[3]);
      GuardFrame frame = new GuardFrame(hex(words[1]), hex(words[2]), payload);
      assertEquals(words[4], HEX.formatHex(frame.bytes()));
      List<GuardFrame> found = found(HEX.parseHex(words[4]));
      assertEquals(1, found.size());
      assertEquals(frame.type(), found.getFirst().type());
      assertEquals(frame.sequence(), found.getFirst().sequence());
      assertArrayEquals(payload, found.getFirst().payload());
    }
  }

  private static List<GuardFrame> found(byte[] wire) {
    GuardFramer framer = new GuardFramer();
    List<GuardFrame> found = new ArrayList<>();
    Tick now = new Tick(1);
    for (int at = 0; at < wire.length; at++) {
      framer.add(wire, at, 1, now);
      for (Optional<GuardFrame> next = framer.next(now);
          next.isPresent();
          next = framer.next(now)) {
        found.add(next.get());
      }
    }
    return found;
  }

  @Test
  void everythingThatTheFirmwareSaysIsUnderstood() throws IOException {
    int understood = 0;
    for (String[] words : lines("out")) {
      for (GuardFrame frame : found(HEX.parseHex(words[1]))) {
        assertTrue(FromGuard.decode(frame).isPresent(), words[1]);
        understood++;
      }
    }
    assertTrue(understood > 500, "frames: " + understood);
  }

  @Test
  void everyGoodAnswerThatTheFirmwareHeardIsMadeAgainFromItsReport() throws IOException {
    int made = 0;
    Optional<FromGuard.Question> question = Optional.empty();
    for (String line : Files.readAllLines(VECTORS)) {
      String[] words = line.split(" ");
      if (words[0].equals("out")) {
        for (GuardFrame frame : found(HEX.parseHex(words[1]))) {
          if (FromGuard.decode(frame).orElseThrow() instanceof FromGuard.Question asked) {
            question = Optional.of(asked);
          }
        }
      } else if (words[0].equals("in") && question.isPresent()) {
        for (GuardFrame frame : found(HEX.parseHex(words[2]))) {
          made += frame.type() == GuardFrame.ANSWER && isMade(frame, question.get()) ? 1 : 0;
        }
      }
    }
    assertTrue(made > 200, "answers: " + made);
  }

  /** Whether it answers this question, in which case our own bytes must be the same. */
  private static boolean isMade(GuardFrame heard, FromGuard.Question question) {
    ByteBuffer in = ByteBuffer.wrap(heard.payload()).order(ByteOrder.LITTLE_ENDIAN);
    boolean granting = (in.get(14) & Beat.NO_GRANTS) == 0;
    ScanReport report =
        new ScanReport(
            new Tick(0),
            in.getInt(4),
            in.getInt(8),
            granting,
            (in.getShort(12) & 0xFFFF) * 1_000_000L,
            (in.get(14) & Beat.ROLL_CALL) != 0,
            in.getLong(16));
    Beat beat = Beat.of(question, report);
    if (beat.number() != in.getInt(0) || beat.code() != in.getInt(24)) {
      return false;
    }
    assertArrayEquals(heard.payload(), beat.payload());
    return true;
  }
}
