package davy.controller.sparkplug;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is told over one connection after another, and in which order: the birth of the node, the
 * births of the devices, then changes. One sequence number for all of it, used up only by a message
 * that left. Without a frame of the interlock the devices are dead: what it drives is not known.
 * One thread.
 */
public final class Edge {

  private static final int SEQ_MASK = 0xFF;

  private final Topics topics;
  private final EdgeModel model;
  private final Map<Tag, Told> told = new HashMap<>();
  private final Set<Part> born = new HashSet<>();
  private boolean alive;
  private int birthNumber;
  private int seq;

  /** Takes a message for the broker: QoS 0, not retained. */
  @FunctionalInterface
  public interface Outlet {

    /** False when there is no room now: the same is offered again later. */
    boolean send(String topic, byte[] payload);
  }

  public Edge(Topics topics, EdgeModel model) {
    this.topics = topics;
    this.model = model;
  }

  /** A new connection, whose will has this number: nothing is born on it. */
  public void connected(int number) {
    birthNumber = number;
    rebirth();
    alive = false;
  }

  /** Births are sent anew: the same bdSeq, seq from 0, no death. */
  public void rebirth() {
    born.clear();
    told.clear();
  }

  /** The node's birth was sent over this connection. */
  public boolean alive() {
    return alive;
  }

  /** The birth of the node is the next thing to send. */
  public boolean birthDue() {
    return !born.contains(model.node());
  }

  public int birthNumber() {
    return birthNumber;
  }

  /**
   * Tells what there is to tell and fits.
   *
   * @param now milliseconds UTC since 1970
   * @return whether all of it has left
   */
  public boolean turn(Outlet out, Frame frame, long now) {
    boolean births = born.contains(model.node()) || bear(out, model.node(), frame, now);
    if (!births || !(frame.present() ? bearDevices(out, frame, now) : buryDevices(out, now))) {
      return false;
    }
    if (!tellChanges(out, model.node(), frame, now)) {
      return false;
    }
    for (Part device : model.devices()) {
      if (born.contains(device) && !tellChanges(out, device, frame, now)) {
        return false;
      }
    }
    return true;
  }

  private boolean bearDevices(Outlet out, Frame frame, long now) {
    for (Part device : model.devices()) {
      if (!born.contains(device) && !bear(out, device, frame, now)) {
        return false;
      }
    }
    return true;
  }

  private boolean buryDevices(Outlet out, long now) {
    for (Part device : model.devices()) {
      if (born.contains(device)) {
        if (!send(out, topics.deviceDeath(device.device()), Payload.deviceDeath(now, seq))) {
          return false;
        }
        born.remove(device);
        device.items().forEach(item -> told.remove(item.tag()));
      }
    }
    return true;
  }

  private boolean bear(Outlet out, Part part, Frame frame, long now) {
    List<Metric> metrics = new ArrayList<>();
    if (part.node()) {
      seq = 0;
      metrics.add(Payload.birthNumber(birthNumber, now));
      metrics.add(Payload.rebirth(now));
    }
    Map<Tag, Told> says = new HashMap<>();
    for (Item item : part.items()) {
      Told one = item.source().apply(frame);
      says.put(item.tag(), one);
      metrics.add(new Metric(item.tag(), one, one.quality() != Told.Quality.GOOD, false));
    }
    String topic = part.node() ? topics.nodeBirth() : topics.deviceBirth(part.device());
    if (!send(out, topic, Payload.birth(now, seq, metrics))) {
      return false;
    }
    born.add(part);
    told.putAll(says);
    alive = true;
    return true;
  }

  /** Nothing, where nothing changed. */
  private boolean tellChanges(Outlet out, Part part, Frame frame, long now) {
    Map<Tag, Told> says = new HashMap<>();
    List<Metric> metrics = new ArrayList<>();
    for (Item item : part.items()) {
      Told one = item.source().apply(frame);
      Told before = told.get(item.tag());
      if (!one.same(before) && Math.abs(one.time() - before.time()) >= item.restMillis()) {
        boolean good = one.quality() == Told.Quality.GOOD;
        boolean wasGood = before.quality() == Told.Quality.GOOD;
        metrics.add(new Metric(item.tag(), one, !good || !wasGood, false));
        says.put(item.tag(), one);
      }
    }
    if (metrics.isEmpty()) {
      return true;
    }
    metrics.sort(Comparator.comparingLong(metric -> metric.told().time()));
    if (!send(out, data(part), Payload.data(now, seq, metrics))) {
      return false;
    }
    told.putAll(says);
    return true;
  }

  /**
   * Tells of the past, as {@code is_historical}: what was told last stays the present value.
   *
   * @return false where it did not fit, or the part is not born: try later
   */
  public boolean tellPast(Outlet out, Part part, List<Metric> past, long now) {
    return born.contains(part) && send(out, data(part), Payload.data(now, seq, past));
  }

  private String data(Part part) {
    return part.node() ? topics.nodeData() : topics.deviceData(part.device());
  }

  private boolean send(Outlet out, String topic, byte[] payload) {
    if (!out.send(topic, payload)) {
      return false;
    }
    seq = seq + 1 & SEQ_MASK;
    return true;
  }
}
