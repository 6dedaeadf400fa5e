package davy.controller.demo;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimSlave;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import davy.hal.sim.HeadType;
import davy.hal.sim.SensorHead;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A methane head of the mine: measures the true gas, shows it in the registers of a slave, and
 * tells when its register crosses a limit and when it fell silent.
 */
final class MineHead {

  private static final int POLLS = 16;

  private final String name;
  private final Methane tripAt;
  private final Methane restoreBelow;
  private final SimGasHead registers = SimGasHead.methane();
  private final SimSlave slave;
  private final SensorHead element;
  private final Consumer<Fact> teller;
  private final Deque<Tick> polls = new ArrayDeque<>();

  private boolean above;
  private boolean unplugged;
  private boolean missed;
  private Optional<Tick> lastAnswer = Optional.empty();
  private Optional<Methane> held = Optional.empty();
  private Methane last = new Methane(0);

  /**
   * @param tripAt only to tell when it is reached; the head itself knows no limits
   */
  MineHead(
      String name,
      int address,
      int turnaroundMicros,
      Methane tripAt,
      Methane restoreBelow,
      double settledPercent,
      Consumer<Fact> teller) {
    this.name = name;
    this.tripAt = tripAt;
    this.restoreBelow = restoreBelow;
    this.slave = new SimSlave(address, registers, turnaroundMicros);
    this.element = new SensorHead(HeadType.LASER_METHANE, settledPercent);
    this.teller = teller;
  }

  String name() {
    return name;
  }

  SimSlave slave() {
    return slave;
  }

  /** Time goes by in this air. */
  void advance(long nanos, double percent, double degrees, Tick now) {
    element.advance(nanos, percent);
    registers.temperature((int) Math.round(degrees * 10));
    int amount =
        switch (element.shown()) {
          case SensorHead.Value value -> value.amount();
          case SensorHead.OverRange _ -> 401;
          case SensorHead.WarmingUp _, SensorHead.Broken _, SensorHead.Silent _ ->
              throw new IllegalStateException("nobody in the demo harms the element of " + name);
        };
    amount = held.map(Methane::hundredths).orElse(amount);
    registers.measure(amount);
    last = new Methane(amount);
    Methane shown = new Methane(amount);
    if (!above && shown.atLeast(tripAt)) {
      above = true;
      teller.accept(fact(Fact.Kind.CROSSED, now).with("amount", (long) amount));
    } else if (above && shown.below(restoreBelow)) {
      above = false;
      teller.accept(fact(Fact.Kind.RETURNED, now).with("amount", (long) amount));
    }
  }

  private Fact fact(Fact.Kind kind, Tick at) {
    return Fact.of(kind, at).with("head", name).with("pollMillis", pollMillis());
  }

  /** From now on it says what it says now. */
  void stick() {
    held = Optional.of(last);
  }

  /** Test gas flows over the head. */
  void testGas(Methane gas) {
    held = Optional.of(gas);
  }

  /** It says what it measures again. */
  void loose() {
    held = Optional.empty();
  }

  /** The head's cable is pulled, or plugged in again. */
  void unplug(boolean out, Tick now) {
    if (unplugged && !out) {
      teller.accept(fact(Fact.Kind.ANSWERS, now));
    }
    unplugged = out;
    missed &= out;
    slave.fault(out ? SimFault.SILENT : SimFault.NONE);
  }

  /** A request for this head has arrived; one that it no longer answers shows its silence. */
  void asked(Tick at) {
    if (!unplugged) {
      polls.addLast(at);
      if (polls.size() > POLLS) {
        polls.removeFirst();
      }
    } else if (!missed) {
      missed = true;
      teller.accept(fact(Fact.Kind.SILENT, lastAnswer.orElse(at)));
    }
  }

  /** Some bytes of this head's answer have arrived at the master. */
  void answered(Tick at) {
    lastAnswer = Optional.of(at);
  }

  private double pollMillis() {
    return polls.size() < 2
        ? 0
        : polls.getLast().nanosSince(polls.getFirst()) / 1e6 / (polls.size() - 1);
  }
}
