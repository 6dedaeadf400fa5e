package davy.controller.link;

/** Threads of the link: daemons of lowest priority, never the scan's. */
final class LinkThread {

  private LinkThread() {}

  static Thread start(String name, Runnable duty) {
    Thread thread = new Thread(duty, name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
    return thread;
  }

  /** Waits at most 3 s for a thread that was told to end. */
  static void join(Thread thread) {
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
