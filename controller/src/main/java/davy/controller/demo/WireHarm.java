package davy.controller.demo;

import davy.bridge.sim.WireFault;
import davy.controller.demo.MineCommand.Word;
import davy.controller.demo.Narrator.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is wrong with the wire, and the gas that comes meanwhile.
 *
 * @param passing good answers come between the bad ones: power must stay on until the gas comes
 * @param gas brings it to a head, {@code gone} takes it away again
 */
record WireHarm(
    String name,
    boolean passing,
    Words words,
    MineCommand done,
    MineCommand mended,
    MineCommand gas,
    MineCommand gone) {

  private static final String FACE = "T1";

  /** First what leaves good answers, then what takes readings or outputs away, then all at once. */
  static List<WireHarm> catalogue() {
    List<WireHarm> all = new ArrayList<>();
    WireFault.passing().forEach(fault -> all.add(often(fault)));
    all.add(dead());
    all.add(always(WireFault.LATE));
    all.add(always(WireFault.BABBLE));
    all.add(always(WireFault.TWICE));
    List.of(Mine.SENSORS, Mine.RELAYS, Mine.CONTACTS).forEach(line -> all.add(vanished(line)));
    all.add(often(WireFault.MIXED).with(MineCommand.of(Word.OUTBURST), MineCommand.of(Word.CALM)));
    return List.copyOf(all);
  }

  /** Test gas at the face's head. */
  private WireHarm(
      String name, boolean passing, Words words, MineCommand done, MineCommand mended) {
    this(
        name,
        passing,
        words,
        done,
        mended,
        new MineCommand(Word.TESTGAS, FACE),
        new MineCommand(Word.LOOSE, FACE));
  }

  private WireHarm with(MineCommand otherGas, MineCommand otherGone) {
    return new WireHarm(name, passing, words, done, mended, otherGas, otherGone);
  }

  /** One in three answers of every slave on every line. */
  private static WireHarm often(WireFault fault) {
    return new WireHarm(
        fault.id(),
        true,
        new Words("One in three answers: " + fault.id() + ".", "每三个应答中有一个异常：" + fault.id() + "。"),
        new MineCommand(Word.WIRE, "all=" + fault.id() + "/3"),
        new MineCommand(Word.WIRE, "all=good"));
  }

  /** All that the heads say. */
  private static WireHarm always(WireFault fault) {
    String name = "always-" + fault.id();
    return new WireHarm(
        name,
        false,
        new Words("The heads' wire: " + name + ".", "传感器总线：" + name + "。"),
        new MineCommand(Word.WIRE, "sensors=" + fault.id()),
        new MineCommand(Word.WIRE, "all=good"));
  }

  private static WireHarm vanished(String line) {
    return new WireHarm(
        "vanished-" + line,
        false,
        new Words("The adapter of " + line + " is pulled.", line + " 适配器被拔出。"),
        new MineCommand(Word.VANISH, line),
        new MineCommand(Word.APPEAR, line));
  }

  private static WireHarm dead() {
    return new WireHarm(
        "dead",
        false,
        new Words(FACE + " is dead.", FACE + " 无应答。"),
        new MineCommand(Word.UNPLUG, FACE),
        new MineCommand(Word.PLUG, FACE));
  }
}
