package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The processes of the demonstration. Each dies with the parent, however that ends: the kernel
 * kills a child when the thread that started it is gone, so all are started by the main thread,
 * which lives to the end.
 */
final class Children implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 3_000;

  /** A process by the name people know it by; its messages stand in the file of that name. */
  record Child(String name, Process process, Path log) {

    boolean alive() {
      return process.isAlive();
    }

    /** As {@code kill -9}: the process gets no chance to tidy up. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private final Path logs;
  private final Narrator narrator;
  private final Thread starter = Thread.currentThread();
  private final List<Child> running = new ArrayList<>();
  private boolean closed;

  Children(Path logs, Narrator narrator) throws IOException {
    this.logs = Files.createDirectories(logs);
    this.narrator = narrator;
  }

  /** Starts a child whose output and messages go to its log. */
  Child start(String name, List<String> command) throws IOException {
    Path log = logs.resolve(name + ".log");
    return start(
        name,
        log,
        builder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  /** Starts a child that is spoken to over its standard input and output. */
  Child converse(String name, List<String> command) throws IOException {
    Path log = logs.resolve(name + ".log");
    return start(
        name, log, builder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  private static ProcessBuilder builder(List<String> command) {
    List<String> all = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
    all.addAll(command);
    return new ProcessBuilder(all);
  }

  private synchronized Child start(String name, Path log, ProcessBuilder builder)
      throws IOException {
    assert Thread.currentThread() == starter : "a child of another thread dies with that thread";
    if (closed) {
      throw new IOException("the demonstration is ending");
    }
    Child child = new Child(name, builder.start(), log);
    running.add(child);
    long pid = child.process().pid();
    narrator.tell(
        new Tick(System.nanoTime()),
        "process",
        Map.of("name", name, "pid", pid),
        new Words("Started " + name + ", process " + pid + ".", "启动 " + name + "，进程 " + pid + "。"));
    return child;
  }

  /** Children that ended by themselves. */
  synchronized List<Child> ended() {
    return running.stream().filter(child -> !child.alive()).toList();
  }

  /** No longer watched: it was ended on purpose. */
  synchronized void forget(Child child) {
    running.remove(child);
  }

  /** Whether all are ended, for good. */
  synchronized boolean closed() {
    return closed;
  }

  /** Ends all, last started first, and waits until none is left. Idempotent; any thread. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Child child : running.reversed()) {
      child.process().destroy();
    }
    for (Child child : running.reversed()) {
      end(child.process());
    }
    running.clear();
  }

  private static void end(Process process) {
    boolean interrupted = false;
    try {
      process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
    }
    process.destroyForcibly().onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
