package davy.controller.uplink;

import davy.controller.sparkplug.Order;
import davy.controller.sparkplug.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What the edge node hears: the primary host's state, and commands, of which the wish for births is
 * the only one that is obeyed. Every other write goes to the interlock's journal as refused. Called
 * on the library's thread, where it never waits, and asked by the session's.
 */
final class SparkplugEar implements BrokerLink.Hearing {

  private static final int STATES = 16;

  private final Topics topics;
  private final Optional<String> hostTopic;
  private final RefusedWrites refused;
  private final BlockingQueue<String> states = new ArrayBlockingQueue<>(STATES);
  private volatile int birthNumber;
  private volatile boolean birthsWanted;

  SparkplugEar(Topics topics, Optional<String> hostTopic, RefusedWrites refused) {
    this.topics = topics;
    this.hostTopic = hostTopic;
    this.refused = refused;
  }

  /** A new connection: what was wished for over the one before is done with its births. */
  void connected(int number) {
    birthNumber = number;
    birthsWanted = false;
    states.clear();
  }

  /** What to subscribe to, in this order. */
  List<String> filters() {
    List<String> filters = new ArrayList<>();
    filters.add(topics.nodeCommand());
    filters.add(topics.deviceCommands());
    filters.add(topics.nodeDeath());
    hostTopic.ifPresent(filters::add);
    return filters;
  }

  boolean birthsWanted() {
    return birthsWanted;
  }

  void birthsGiven() {
    birthsWanted = false;
  }

  /** The host's words since the last call, oldest first. */
  List<String> states() {
    List<String> taken = new ArrayList<>();
    states.drainTo(taken);
    return taken;
  }

  @Override
  public void take(String topic, byte[] payload) {
    if (hostTopic.equals(Optional.of(topic))) {
      state(new String(payload, StandardCharsets.UTF_8));
    } else if (topic.equals(topics.nodeDeath())) {
      death(payload);
    } else {
      command(topic, payload);
    }
  }

  /** The latest count most. */
  private void state(String text) {
    while (!states.offer(text)) {
      states.poll();
    }
  }

  /** Hosts take us for dead although we are not: the births tell them otherwise. */
  private void death(byte[] payload) {
    try {
      if (Order.read(payload).stream().anyMatch(order -> order.deathOf(birthNumber))) {
        birthsWanted = true;
      }
    } catch (Order.Malformed _) {
      // Nobody's death.
    }
  }

  private void command(String topic, byte[] payload) {
    boolean ofNode = topic.equals(topics.nodeCommand());
    String place = ofNode ? "NCMD" : "DCMD " + topic.substring(topic.lastIndexOf('/') + 1);
    try {
      List<Order> orders = Order.read(payload);
      if (orders.isEmpty()) {
        refused.take(place + " without a metric");
      }
      for (Order order : orders) {
        if (ofNode && order.rebirth()) {
          birthsWanted = true;
        } else {
          refused.take(place + " " + order.metric());
        }
      }
    } catch (Order.Malformed e) {
      refused.take(place + " unreadable");
    }
  }
}
