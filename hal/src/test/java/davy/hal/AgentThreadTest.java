package davy.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Tick;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class AgentThreadTest {

  private static final class Counter implements Agent {
    private final CountDownLatch worked = new CountDownLatch(3);
    private final Optional<RuntimeException> failure;
    private volatile Thread thread;

    Counter(Optional<RuntimeException> failure) {
      this.failure = failure;
    }

    @Override
    public String name() {
      return "counter";
    }

    @Override
    public Tick work(Tick now) {
      thread = Thread.currentThread();
      worked.countDown();
      if (worked.getCount() == 0 && failure.isPresent()) {
        throw failure.get();
      }
      return worked.getCount() == 0 ? now.plusMillis(3_600_000) : now;
    }

    @Override
    public void await(Tick now, Tick until) {
      LockSupport.parkNanos(until.nanosSince(now));
    }

    @Override
    public void wake() {
      LockSupport.unpark(thread);
    }

    @Override
    public void close() {}
  }

  @Test
  void anAgentThatSleepsIsWokenByClose() throws Exception {
    Counter counter = new Counter(Optional.empty());
    AgentThread runner = AgentThread.start(counter, Clock.SYSTEM, () -> {}, (_, _) -> {});
    assertTrue(counter.worked.await(10, TimeUnit.SECONDS));
    runner.close();
    assertTrue(!counter.thread.isAlive());
  }

  @Test
  void anExceptionOfTheAgentReachesTheUncaughtHandler() throws Exception {
    RuntimeException failure = new IllegalStateException("defect");
    BlockingQueue<Throwable> caught = new LinkedBlockingQueue<>();
    AgentThread.start(
        new Counter(Optional.of(failure)),
        Clock.SYSTEM,
        () -> {},
        (_, thrown) -> caught.add(thrown));
    assertEquals(failure, caught.poll(10, TimeUnit.SECONDS));
  }
}
