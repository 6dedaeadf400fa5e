package davy.controller.demo;

import davy.controller.demo.MineCommand.Word;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The simulated persons: two accept the configuration; one closes a breaker by hand a while after
 * its lock has opened, turns the consent key when somebody asks for what needs it, and holds the
 * guard's button while it does not know the site. One thread of its own; facts come from another.
 */
final class Electrician {

  private static final long LOOK_MILLIS = 100;
  private static final long WALK_MILLIS = 2_500;
  private static final long AGAIN_MILLIS = 3_000;

  private final Supplier<Optional<Status>> present;
  private final Consumer<Map<String, String>> accept;
  private final Consumer<Boolean> button;
  private final Map<String, Long> seen = new HashMap<>();
  private boolean held;
  private final Set<String> live = ConcurrentHashMap.newKeySet();

  /**
   * @param present what the interlock tells now; empty while it tells nothing
   * @param accept asks the interlock to accept its configuration
   * @param button presses the guard's own button (true), or lets go of it
   */
  Electrician(
      Supplier<Optional<Status>> present,
      Consumer<Map<String, String>> accept,
      Consumer<Boolean> button) {
    this.present = present;
    this.accept = accept;
    this.button = button;
  }

  void start(MineLink mine) {
    Thread.ofPlatform().daemon().name("electrician").start(() -> work(mine));
  }

  void hear(Fact fact) {
    if (fact.kind() == Fact.Kind.FEED) {
      String zone = fact.text("zone");
      if (fact.flag("live")) {
        live.add(zone);
      } else {
        live.remove(zone);
      }
    }
  }

  private void work(MineLink mine) {
    try {
      while (true) {
        present.get().ifPresent(status -> look(status, mine));
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Status status, MineLink mine) {
    for (Status.Zone zone : status.zones()) {
      boolean open = zone.granted() && !live.contains(zone.name());
      if (due("close " + zone.name(), open)) {
        mine.send(new MineCommand(Word.CLOSE, zone.name()));
      }
    }
    if (due("accept", status.wantsAcceptance() && !status.wantsKey())) {
      Map<String, String> fields = new HashMap<>(status.acceptance());
      fields.put("person", DemoSite.PERSON);
      fields.put("pin", DemoSite.PIN);
      fields.put("second", DemoSite.SECOND);
      fields.put("secondPin", DemoSite.PIN);
      accept.accept(fields);
    }
    boolean unknown = status.guardRefusal().equals("DIGEST");
    if (held ? !unknown : due("button", unknown)) {
      held = !held;
      button.accept(held);
    }
    if (due("key", status.wantsKey())) {
      mine.send(MineCommand.of(Word.KEY));
    }
  }

  /** True a while after something was first called for, and now and again while it still is. */
  private boolean due(String name, boolean wanted) {
    long now = System.nanoTime() / 1_000_000L;
    if (!wanted) {
      seen.remove(name);
      return false;
    }
    if (now - seen.computeIfAbsent(name, _ -> now) < WALK_MILLIS) {
      return false;
    }
    seen.put(name, now + AGAIN_MILLIS);
    return true;
  }
}
