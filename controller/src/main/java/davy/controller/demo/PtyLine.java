package davy.controller.demo;

import davy.bridge.sim.SlaveBank;
import davy.hal.posix.Pty;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Slaves behind a pseudo-terminal with a stable name. The bank gives every byte its time at the
 * line's baud, both ways; this only carries them. One thread.
 */
final class PtyLine implements AutoCloseable {

  /** After so long without a request nobody holds the line any more. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  private final String name;
  private final SlaveBank bank;
  private Optional<Pty> plugged;
  private final Path link;
  private final byte[] buffer = new byte[512];
  private byte[] waiting = new byte[0];
  private Tick lastRequest;
  private boolean claimed;

  /**
   * @param link made as a symbolic link to the pseudo-terminal, removed by {@link #close}
   */
  PtyLine(String name, SlaveBank bank, Path link, Tick now) throws IOException {
    this.lastRequest = now;
    this.name = name;
    this.bank = bank;
    this.link = link;
    Files.createDirectories(link.getParent());
    this.plugged = Optional.of(linked(link));
  }

  private static Pty linked(Path link) throws IOException {
    Pty pty = Pty.open();
    try {
      Files.createSymbolicLink(link, pty.path());
      return pty;
    } catch (IOException e) {
      pty.close();
      throw e;
    }
  }

  /** The adapter is pulled: whoever holds the line sees a hang-up, and the name is gone. */
  void vanish() throws IOException {
    Optional<Pty> pulled = plugged;
    plugged = Optional.empty();
    Files.deleteIfExists(link);
    pulled.ifPresent(Pty::close);
  }

  /** It is plugged in again, perhaps as another terminal, under the same name. */
  void appear(Tick now) throws IOException {
    if (plugged.isEmpty()) {
      plugged = Optional.of(linked(link));
      waiting = new byte[0];
      claimed = false;
      lastRequest = now;
    }
  }

  String name() {
    return name;
  }

  Path link() {
    return link;
  }

  /** To poll for input; below zero, which no poll minds, while the adapter is pulled. */
  int fd() {
    return plugged.map(Pty::fd).orElse(-1);
  }

  /**
   * Hands over what the master wrote and what the slaves have said by now.
   *
   * @return whether slaves' bytes arrived at the master
   */
  boolean pump(Tick now) throws IOException {
    if (plugged.isEmpty()) {
      bank.take(now);
      return false;
    }
    return pump(plugged.get(), now);
  }

  private boolean pump(Pty pty, Tick now) throws IOException {
    int count = pty.read(buffer, 0, buffer.length);
    if (count > 0) {
      bank.send(buffer, 0, count, now);
      lastRequest = now;
      claimed = true;
    } else if (claimed && now.nanosSince(lastRequest) > QUIET_NANOS) {
      pty.forgetClaim();
      claimed = false;
    }
    byte[] said = bank.take(now);
    if (said.length > 0) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(waiting);
      all.writeBytes(said);
      waiting = all.toByteArray();
    }
    if (waiting.length > 0) {
      int written = pty.write(waiting, 0, waiting.length);
      waiting = Arrays.copyOfRange(waiting, written, waiting.length);
    }
    return said.length > 0;
  }

  Optional<Tick> nextDue() {
    return bank.nextDue();
  }

  @Override
  public void close() throws IOException {
    vanish();
  }
}
