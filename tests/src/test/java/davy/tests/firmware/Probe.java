package davy.tests.firmware;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A probe on the emulated processor: writes into it, drives its pins and spoils its clock, while it
 * runs.
 *
 * @param socket that {@link Firmware#emulator} made
 */
public record Probe(Path socket) {

  /** Port B, the second of the board's, by its place among the emulator's devices. */
  private static final String PORT_B = "/machine/unattached/device[9]";

  /** Divides the processor's clock by 64 in place of 16. */
  private static final String CLOCK_SLOW = "writel 0x400fe070 0x9f800000";

  private static final String CLOCK_WELL = "writel 0x400fe070 0x07802810";

  /** The counter's control register: without it the firmware's time stands still. */
  private static final String CLOCK_STILL = "writel 0xe000e010 0";

  private static final int TRIP_PIN = 5;
  private static final int BUTTON_PIN = 6;

  /** Opens or closes the trip loop. */
  public void trip(boolean open) throws IOException {
    pin(TRIP_PIN, open);
  }

  public void button(boolean pressed) throws IOException {
    pin(BUTTON_PIN, pressed);
  }

  /** Its own time passes at a quarter of the true one, or as it should. */
  public void slowClock(boolean slow) throws IOException {
    say(slow ? CLOCK_SLOW : CLOCK_WELL);
  }

  public void stopClock() throws IOException {
    say(CLOCK_STILL);
  }

  /**
   * Puts this in the place of what its converter reads.
   *
   * @param address as {@link #converter} tells it
   */
  public void supply(String address, int millivolts) throws IOException {
    say("writew 0x%s %d".formatted(address, millivolts));
  }

  private void pin(int number, boolean high) throws IOException {
    say("set_irq_in %s unnamed-gpio-in %d %d".formatted(PORT_B, number, high ? 1 : 0));
  }

  private void say(String words) throws IOException {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      probe.write(ByteBuffer.wrap((words + "\n").getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(64);
      probe.read(answer);
      String said = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
      if (!said.startsWith("OK")) {
        throw new IOException(words + ": " + said);
      }
    }
  }

  /** Where this firmware keeps what its converter has read. */
  public static String converter(Path elf) throws Exception {
    Process list = new ProcessBuilder("arm-none-eabi-nm", elf.toString()).start();
    String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher found = Pattern.compile("([0-9a-f]{8}) . converter_mv").matcher(names);
    if (list.waitFor() != 0 || !found.find()) {
      throw new IOException("no converter in " + elf);
    }
    return found.group(1);
  }
}
