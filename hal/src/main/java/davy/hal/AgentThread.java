package davy.hal;

import davy.hal.signal.Tick;

/**
 * Runs one agent on one thread until stopped. An exception of the agent is a defect and goes to the
 * thread's uncaught handler; nothing is caught here.
 */
public final class AgentThread implements AutoCloseable {

  private final Agent agent;
  private final Clock clock;
  private final Thread thread;
  private volatile boolean stopped;

  private AgentThread(Agent agent, Clock clock, Runnable first) {
    this.agent = agent;
    this.clock = clock;
    this.thread = new Thread(() -> run(first), agent.name());
  }

  /**
   * Starts it.
   *
   * @param first done once on the new thread before the first duty: priority and the like
   */
  public static AgentThread start(
      Agent agent, Clock clock, Runnable first, Thread.UncaughtExceptionHandler uncaught) {
    AgentThread runner = new AgentThread(agent, clock, first);
    runner.thread.setUncaughtExceptionHandler(uncaught);
    runner.thread.start();
    return runner;
  }

  private void run(Runnable first) {
    first.run();
    while (!stopped) {
      Tick until = agent.work(clock.now());
      Tick now = clock.now();
      if (now.isBefore(until) && !stopped) {
        agent.await(now, until);
      }
    }
  }

  /** Asks the agent to end after its present duty, waits for that at most a second. */
  @Override
  public void close() {
    stopped = true;
    agent.wake();
    try {
      thread.join(1_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
