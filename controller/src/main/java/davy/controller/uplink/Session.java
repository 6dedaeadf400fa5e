package davy.controller.uplink;

import davy.controller.config.Site;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * One view of the interlock over one connection after another, for ever, on a thread of its own:
 * connects, talks, and when anything is wrong with the connection throws it away and makes a new
 * one. No caller ever waits for it.
 */
final class Session implements AutoCloseable {

  private static final long LOOK_NANOS = 50_000_000L;

  /** What is said over the connection; called by the session's thread alone. */
  interface Talk {

    /** What the broker shows when we are gone. */
    BrokerLink.Will will();

    /** A new connection stands. */
    void begin(BrokerLink link) throws IOException;

    /** Says what is to be said now and fits; called every 50 ms and at each acknowledgement. */
    void turn(BrokerLink link);

    /** The connection is over; whether it was of any use. */
    boolean end();
  }

  private final String name;
  private final String clientId;
  private final Talk talk;
  private final Backoff backoff = new Backoff(System.nanoTime());
  private final Thread thread;

  /** The address that is tried next comes first. */
  private Site.Broker broker;

  private volatile boolean closed;
  private volatile String trouble = "not yet connected";

  Session(String name, Site.Broker broker, String clientId, Talk talk) {
    this.name = name;
    this.broker = broker;
    this.clientId = clientId;
    this.talk = talk;
    this.thread = new Thread(this::run, "davy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Empty while the broker is connected, else why it is not. Any thread. */
  String trouble() {
    return trouble;
  }

  private void run() {
    while (!closed) {
      String why = attempt();
      if (!why.equals(trouble) && !closed) {
        Logger.warn("{}: {}", name, why);
      }
      trouble = why;
      broker = broker.turned();
      rest(backoff.nextMillis() * 1_000_000L);
    }
  }

  /** One connection from begin to end; returns why it ended. */
  private String attempt() {
    try (BrokerLink link = BrokerLink.connect(broker, clientId, talk.will())) {
      Logger.info("{}: connected to {}", name, broker.uri());
      trouble = "";
      try {
        talk.begin(link);
        while (!closed && link.trouble().isEmpty()) {
          talk.turn(link);
          LockSupport.parkNanos(LOOK_NANOS);
        }
      } finally {
        if (talk.end()) {
          backoff.reset();
        }
      }
      return link.trouble();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void rest(long nanos) {
    long end = System.nanoTime() + nanos;
    while (!closed && System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Asks it to leave; {@link #close} waits for it. */
  void leave() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Tells the broker goodbye, which makes it show the will. Waits at most 6 s. */
  @Override
  public void close() {
    leave();
    try {
      thread.join(6_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
