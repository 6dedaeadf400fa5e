package davy.controller.sparkplug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A device of the edge node, or the node itself.
 *
 * @param device its id, empty for the node
 */
public record Part(String device, List<Item> items) {

  public Part {
    items = List.copyOf(items);
  }

  boolean node() {
    return device.isEmpty();
  }

  Optional<Item> item(String name) {
    return items.stream().filter(item -> item.tag().name().equals(name)).findFirst();
  }

  /** Gathers items and gives each an alias that no other of the edge node has. */
  static final class Draft {

    private static final long SELDOM_MILLIS = 5_000;

    private final String device;
    private final Aliases aliases;
    private final List<Item> items = new ArrayList<>();

    Draft(String device, Aliases aliases) {
      this.device = device;
      this.aliases = aliases;
    }

    Draft add(String name, Kind kind, String display, Function<Frame, Told> source) {
      return add(name, kind, display, "", source);
    }

    Draft add(String name, Kind kind, String display, String unit, Function<Frame, Told> source) {
      return add(new Tag(name, aliases.next(), kind, display, unit), source, 0);
    }

    /** What changes all the time and is told now and then. */
    Draft seldom(String name, Kind kind, String display, Function<Frame, Told> source) {
      return add(new Tag(name, aliases.next(), kind, display, ""), source, SELDOM_MILLIS);
    }

    private Draft add(Tag tag, Function<Frame, Told> source, long restMillis) {
      items.add(new Item(tag, source, restMillis));
      return this;
    }

    /** What the site says and no frame changes. */
    Draft fixed(String name, String display, String text) {
      return add(name, Kind.STRING, display, frame -> frame.good(new Value.Text(text)));
    }

    Draft fixed(String name, String display, boolean flag) {
      return add(name, Kind.BOOLEAN, display, frame -> frame.good(new Value.Flag(flag)));
    }

    Part part() {
      return new Part(device, items);
    }
  }

  /** Numbers from 1. */
  static final class Aliases {
    private long last;

    long next() {
      return ++last;
    }
  }
}
