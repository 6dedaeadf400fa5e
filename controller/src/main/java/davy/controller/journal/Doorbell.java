package davy.controller.journal;

import davy.hal.signal.Tick;
import java.util.concurrent.locks.LockSupport;

/** Lets any thread end one agent's wait. Ringing takes no lock and never blocks. */
final class Doorbell {

  private volatile boolean rung;
  private volatile Thread sleeper = Thread.currentThread();

  void ring() {
    rung = true;
    LockSupport.unpark(sleeper);
  }

  /** Waits until {@code until} or a ring since the last wait ended; may end early for no reason. */
  void await(Tick now, Tick until) {
    sleeper = Thread.currentThread();
    long nanos = until.nanosSince(now);
    if (!rung && nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    rung = false;
  }
}
