package davy.controller.uplink;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * Hands what the surface wanted to write to the interlock, which refuses it and has it in its
 * journal. A thread of its own waits for the interlock; more than {@link #ROOM} that wait are
 * counted and told as a number with the next one.
 */
final class RefusedWrites implements AutoCloseable {

  static final int ROOM = 16;
  private static final int LONGEST = 64;
  private static final long PAUSE_MILLIS = 1_000;

  private final Interlock interlock;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(ROOM);
  private final AtomicLong more = new AtomicLong();
  private final Thread thread;

  /** The way to the interlock's journal. */
  @FunctionalInterface
  interface Interlock {

    /**
     * Whether the interlock has taken it.
     *
     * @param count so many others came meanwhile
     */
    boolean refuse(String metric, long count);
  }

  RefusedWrites(Interlock interlock) {
    this.interlock = interlock;
    this.thread = new Thread(this::run, "davy-refused-writes");
    thread.setDaemon(true);
    thread.start();
  }

  /** Somebody wanted to write this. Never waits. */
  void take(String metric) {
    if (!waiting.offer(printable(metric))) {
      more.incrementAndGet();
    }
  }

  private static String printable(String metric) {
    String text = metric.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
    return text.substring(0, Math.min(LONGEST, text.length()));
  }

  private void run() {
    try {
      while (true) {
        String metric = waiting.take();
        Logger.warn("sparkplug: a write to {} was refused", metric);
        long others = more.getAndSet(0);
        while (!interlock.refuse(metric, others)) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
