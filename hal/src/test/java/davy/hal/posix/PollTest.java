package davy.hal.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PollTest {

  private static final long LONG_NANOS = 30_000_000_000L;

  /** What the linker makes a call to capture errno, where the compiler does not remove it. */
  private static final long LINKER_BYTES = 40;

  @Test
  void bytesWrittenAtOneEndOfAPtyComeOutUnchangedAtTheOther() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (Pty pty = Pty.open()) {
      int user = openUser(pty);
      assertArrayEquals(all, through(all, pty.fd(), user), "to the user");
      assertArrayEquals(all, through(all, user, pty.fd()), "to the far end");
      assertEquals(0, pty.read(new byte[9], 0, 9), "no echo");
      Posix.close(user);
    }
  }

  @Test
  void aSpeedSetByTheUserIsSeenAtTheFarEnd() throws IOException {
    try (Pty pty = Pty.open()) {
      int user = openUser(pty);
      for (int baud : new int[] {1200, 2400, 9600, 19_200, 115_200}) {
        Terminal.setBaud(user, baud);
        assertEquals(baud, pty.baud());
        assertEquals(baud, Terminal.baud(user));
      }
      Posix.close(user);
    }
  }

  @Test
  void aUserMayCloseAndOpenAgainWithoutTheFarEndNoticing() throws IOException {
    try (Pty pty = Pty.open()) {
      Posix.close(openUser(pty));
      assertEquals(0, Posix.poll(pty.fd(), Posix.POLLIN, 0));
      int again = openUser(pty);
      assertArrayEquals(new byte[] {5}, through(new byte[] {5}, again, pty.fd()));
      Posix.close(again);
    }
  }

  @Test
  void aHangUpEndsAWaitAtOnceAndShowsAsSuch() throws Exception {
    Pty pty = Pty.open();
    int user = openUser(pty);
    Wakeup wakeup = Wakeup.open();
    Thread unplug = Thread.ofPlatform().start(pty::close);
    int ready = wakeup.await(user, Posix.POLLIN, LONG_NANOS);
    unplug.join();
    assertTrue((ready & Posix.POLLHUP) != 0, "events " + ready);
    assertEquals(Posix.END, Posix.read(user, new byte[1], 0, 1));
    assertEquals(
        Posix.EIO,
        assertThrows(ErrnoException.class, () -> Posix.write(user, new byte[1], 0, 1)).errno());
    assertThrows(IOException.class, () -> pty.read(new byte[1], 0, 1));
    Posix.close(user);
    wakeup.close();
  }

  @Test
  void aClosedNumberIsReportedAndNeverWaitedFor() throws IOException {
    try (Pty pty = Pty.open()) {
      int number = Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY);
      Posix.close(number);
      assertEquals(Posix.POLLNVAL, Posix.poll(number, Posix.POLLIN, LONG_NANOS));
    }
  }

  @Test
  void aWakeUpFromAnotherThreadEndsAWaitForALine() throws Exception {
    try (Pty pty = Pty.open();
        Wakeup wakeup = Wakeup.open()) {
      Thread other = Thread.ofPlatform().start(wakeup::wake);
      assertEquals(0, wakeup.await(pty.fd(), Posix.POLLIN, LONG_NANOS));
      other.join();
    }
  }

  @Test
  void aWakeUpBeforeTheWaitIsNotLostAndManyCountAsOne() throws IOException {
    try (Wakeup wakeup = Wakeup.open()) {
      wakeup.wake();
      wakeup.wake();
      assertEquals(0, wakeup.await(-1, 0, LONG_NANOS));
      assertFalse(wakeup.drain(), "silenced");
      wakeup.wake();
      assertTrue(wakeup.drain());
    }
  }

  @Test
  void aWakeUpAfterTheCloseReachesNobodyElse() throws IOException {
    Wakeup closed = Wakeup.open();
    int number = closed.fd();
    closed.close();
    try (Wakeup stranger = Wakeup.open()) {
      assumeTrue(number == stranger.fd(), "the kernel gave the number to another thread");
      closed.wake();
      assertFalse(stranger.drain());
    }
  }

  @Test
  void aWaitEndsByItselfAfterItsTime() throws IOException {
    try (Wakeup wakeup = Wakeup.open()) {
      long before = System.nanoTime();
      long deadline = before + 20_000_000L;
      while (System.nanoTime() < deadline) {
        assertEquals(0, wakeup.await(-1, 0, deadline - System.nanoTime()));
      }
      assertTrue(System.nanoTime() - before < LONG_NANOS);
      assertEquals(0, wakeup.await(-1, 0, -5), "a time gone by is no wait");
    }
  }

  @Test
  void aCallInSteadyStateMakesNoMoreGarbageThanTheLinkersOwn() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] buffer = new byte[64];
    try (Pty pty = Pty.open();
        Wakeup wakeup = Wakeup.open()) {
      int user = openUser(pty);
      long id = Thread.currentThread().threadId();
      long limit = 2000 * 5 * LINKER_BYTES;
      long bytes = Long.MAX_VALUE;
      for (int round = 0; round < 20 && bytes > limit; round++) {
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 2000; i++) {
          roundTrip(pty.fd(), user, wakeup, buffer);
        }
        bytes = threads.getThreadAllocatedBytes(id) - before;
      }
      assertTrue(bytes <= limit, bytes + " bytes in 2000 round trips of five calls");
      Posix.close(user);
    }
  }

  private static void roundTrip(int far, int user, Wakeup wakeup, byte[] buffer)
      throws IOException {
    Posix.write(far, buffer, 0, buffer.length);
    wakeup.wake();
    int got = 0;
    while (got < buffer.length) {
      wakeup.await(user, Posix.POLLIN, LONG_NANOS);
      got += Posix.read(user, buffer, got, buffer.length - got);
    }
  }

  private static int openUser(Pty pty) throws IOException {
    return Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
  }

  private static byte[] through(byte[] sent, int from, int to) throws IOException {
    byte[] got = new byte[sent.length + 1];
    int count = 0;
    assertEquals(sent.length, Posix.write(from, sent, 0, sent.length));
    while (count < sent.length) {
      int ready = Posix.poll(to, Posix.POLLIN, LONG_NANOS);
      assertEquals(Posix.POLLIN, Posix.first(ready));
      count += Posix.read(to, got, count, got.length - count);
    }
    return Arrays.copyOf(got, count);
  }
}
