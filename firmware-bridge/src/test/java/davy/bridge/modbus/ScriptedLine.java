package davy.bridge.modbus;

import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A line whose far end plays a script: for each request, bytes at exact times after its last byte.
 * Nothing checks that the script is what a slave would do; that is its use.
 */
final class ScriptedLine implements SerialLine {

  /** What the far end sends after one request. */
  @FunctionalInterface
  interface Script {
    List<Burst> after(byte[] request, int number);
  }

  /**
   * @param afterNanos from the last byte of the request to the start of the first
   * @param gapNanos between two bytes, beyond their own time
   */
  record Burst(long afterNanos, long gapNanos, byte[] bytes) {}

  private record Octet(Tick at, long order, byte value) {}

  private final SerialSettings settings;
  private final Script script;
  private final PriorityQueue<Octet> coming =
      new PriorityQueue<>(
          Comparator.<Octet>comparingLong(o -> o.at().nanos()).thenComparingLong(Octet::order));
  final List<byte[]> requests = new ArrayList<>();
  final List<Tick> sentAt = new ArrayList<>();
  Tick now = new Tick(0);

  /** From then on the port is gone. */
  Tick lostAt = new Tick(Long.MAX_VALUE / 2);

  /** The driver takes what is written. */
  boolean takesBytes = true;

  private long order;

  ScriptedLine(SerialSettings settings, Script script) {
    this.settings = settings;
    this.script = script;
  }

  Optional<Tick> nextDue() {
    return Optional.ofNullable(coming.peek()).map(Octet::at);
  }

  void send(Burst burst, Tick from) {
    Tick at = from.plusNanos(burst.afterNanos());
    for (byte value : burst.bytes()) {
      at = at.plusNanos(settings.characterNanos());
      coming.add(new Octet(at, order++, value));
      at = at.plusNanos(burst.gapNanos());
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    present();
    int count = 0;
    while (count < length && !coming.isEmpty() && !now.isBefore(coming.peek().at())) {
      buffer[offset + count++] = coming.poll().value();
    }
    return count;
  }

  @Override
  public int write(byte[] buffer, int offset, int length) throws IOException {
    present();
    if (!takesBytes) {
      return 0;
    }
    byte[] frame = java.util.Arrays.copyOfRange(buffer, offset, offset + length);
    Tick end = now.plusNanos(length * settings.characterNanos());
    requests.add(frame);
    sentAt.add(end);
    script.after(frame, requests.size()).forEach(burst -> send(burst, end));
    return length;
  }

  void unplug() {
    lostAt = now;
  }

  private void present() throws IOException {
    if (!now.isBefore(lostAt)) {
      throw new IOException("unplugged");
    }
  }

  @Override
  public void discard() {
    coming.clear();
  }

  @Override
  public void await(Tick from, Tick until) {}

  @Override
  public void wake() {}

  @Override
  public void close() {}
}
