package davy.controller.demo;

import davy.bridge.sim.BadWire;
import davy.bridge.sim.SlaveBank;
import davy.bridge.sim.WireFault;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The copper of the mine's lines, which may be bad. One thread. */
final class MineWires {

  private static final String ALL = "all";
  private static final String GOOD = "good";
  private static final Pattern TARGET = Pattern.compile("([a-z]+)=([a-z-]+)(?:/([1-9]))?");

  private final long seed;
  private final Map<String, SlaveBank> banks;
  private final Map<String, BadWire> bad = new LinkedHashMap<>();
  private final Consumer<Fact> teller;

  /**
   * @param banks by the names of their lines
   */
  MineWires(long seed, Map<String, SlaveBank> banks, Consumer<Fact> teller) {
    this.seed = seed;
    this.banks = Map.copyOf(banks);
    this.teller = teller;
  }

  /**
   * Makes wires bad or good.
   *
   * @param target as {@link MineCommand.Word#WIRE} is typed with
   * @return false where it means nothing
   */
  boolean obey(String target, Tick now) {
    Matcher words = TARGET.matcher(target);
    if (!words.matches() || !words.group(1).equals(ALL) && !banks.containsKey(words.group(1))) {
      return false;
    }
    Optional<WireFault> fault = WireFault.named(words.group(2));
    if (fault.isEmpty() && !words.group(2).equals(GOOD)) {
      return false;
    }
    int every = Optional.ofNullable(words.group(3)).map(Integer::parseInt).orElse(1);
    for (String line : banks.keySet()) {
      if (words.group(1).equals(ALL) || words.group(1).equals(line)) {
        make(line, fault.map(kind -> new BadWire(kind, every, seed)), now);
      }
    }
    return true;
  }

  private void make(String line, Optional<BadWire> wire, Tick now) {
    Optional<BadWire> before = Optional.ofNullable(bad.remove(line));
    wire.ifPresent(worse -> bad.put(line, worse));
    banks.get(line).harm(wire);
    teller.accept(
        Fact.of(Fact.Kind.WIRE, now)
            .with("line", line)
            .with("fault", wire.map(worse -> worse.fault().id()).orElse(GOOD))
            .with("struck", before.map(BadWire::struck).orElse(0L)));
  }
}
