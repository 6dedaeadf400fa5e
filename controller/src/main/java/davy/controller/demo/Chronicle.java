package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import davy.controller.interlock.Cause;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the mine's facts and the interlock's changes as they come. Heard from two threads; its own
 * lock keeps them apart.
 */
final class Chronicle {

  /** Gas is told again when it has moved by this much, in 0.01 %CH4. */
  private static final long GAS_STEP = 20;

  private final Narrator narrator;
  private final Map<String, String> locks = new HashMap<>();
  private Optional<Tick> danger = Optional.empty();
  private long toldGas = Long.MIN_VALUE / 2;

  Chronicle(Narrator narrator) {
    this.narrator = narrator;
  }

  synchronized void hear(Fact fact) {
    switch (fact.kind()) {
      case READY -> tell(fact, new Words("The mine answers on its lines.", "模拟矿井的总线已应答。"));
      case GAS -> gas(fact);
      case CROSSED, RETURNED, SILENT, ANSWERS -> head(fact);
      case RELAY -> relay(fact);
      case FEED -> feed(fact);
      case BREAKER -> breaker(fact);
      case KEY -> key(fact);
      case FAN -> fan(fact);
      case FAN_START ->
          tell(
              fact,
              fact.flag("locked")
                  ? new Words("The fan's start is locked: nothing happens.", "局部通风机启动被闭锁。")
                  : new Words("Somebody starts the local fan.", "有人启动局部通风机。"));
      case WIRE, PORT -> wire(fact);
      case COUNTY -> danger = Optional.of(fact.tick());
      case HARMED -> {
        danger = Optional.of(fact.tick());
        tell(fact, new Words("HARM: " + fact.text("what") + ".", "故障：" + fact.text("what") + "。"));
      }
      case GUARD -> guard(fact);
      case REFUSED ->
          tell(
              fact,
              new Words("Not understood: " + fact.text("command"), "不明白：" + fact.text("command")));
    }
  }

  private void tell(Fact fact, Words words) {
    narrator.tell(fact.tick(), fact.kind().name().toLowerCase(Locale.ROOT), fact.fields(), words);
  }

  private void gas(Fact fact) {
    long face = fact.number("T1");
    if (Math.abs(face - toldGas) >= GAS_STEP) {
      toldGas = face;
      String text = "T1 " + methane(face) + ", T2 " + methane(fact.number("T2"));
      tell(fact, new Words("Gas: " + text + ".", "瓦斯：" + text + "。"));
    }
  }

  private static String methane(long hundredths) {
    return new Methane(Math.toIntExact(hundredths)).toString();
  }

  private void head(Fact fact) {
    String head = fact.text("head");
    switch (fact.kind()) {
      case CROSSED -> {
        danger = danger.or(() -> Optional.of(fact.tick()));
        String amount = methane(fact.number("amount"));
        tell(
            fact,
            new Words(
                head + " reads " + amount + ": its cut-off is reached.",
                head + " 达到断电浓度：" + amount + "。"));
      }
      case SILENT -> {
        danger = danger.or(() -> Optional.of(fact.tick()));
        tell(fact, new Words(head + " gave its last answer.", head + " 最后一次应答，此后失联。"));
      }
      case RETURNED ->
          tell(fact, new Words(head + " is below its restore level again.", head + " 已低于复电浓度。"));
      default -> tell(fact, new Words(head + " answers again.", head + " 恢复应答。"));
    }
  }

  private void relay(Fact fact) {
    String zone = fact.text("zone");
    if (fact.flag("energised")) {
      tell(fact, new Words("The relay of " + zone + " pulls in.", zone + " 继电器吸合。"));
      return;
    }
    String after = since(fact.tick());
    Words words =
        fact.flag("written")
            ? new Words(
                "The relay of " + zone + " was told to let go" + after + ".",
                zone + " 断电命令到达继电器" + after + "。")
            : new Words(
                "The relay of " + zone + " let go by itself: nobody refreshed it" + after + ".",
                zone + " 继电器无人刷新，自行释放" + after + "。");
    tell(fact, words);
  }

  private void guard(Fact fact) {
    String after = since(fact.tick());
    tell(
        fact,
        fact.flag("energised")
            ? new Words("The guard is armed: its relays pull in.", "看门狗已就绪，主继电器吸合。")
            : new Words("The guard drops its relays" + after + ".", "看门狗释放主继电器" + after + "。"));
  }

  private void feed(Fact fact) {
    String zone = fact.text("zone");
    if (fact.flag("live")) {
      danger = Optional.empty();
      tell(fact, new Words(zone + " has power.", zone + " 已送电。"));
      return;
    }
    String after = since(fact.tick());
    danger = Optional.empty();
    tell(fact, new Words("POWER OFF in " + zone + after + ".", zone + " 已断电" + after + "。"));
  }

  /** ", 123 ms after …" where something dangerous is going on. */
  private String since(Tick tick) {
    return danger
        .map(from -> String.format(Locale.ROOT, " (+%.0f ms)", tick.nanosSince(from) / 1e6))
        .orElse("");
  }

  private void breaker(Fact fact) {
    String zone = fact.text("zone");
    tell(
        fact,
        fact.flag("closed")
            ? new Words(
                "The electrician closes the breaker of " + zone + ".", "电工合上 " + zone + " 的断路器。")
            : new Words(
                "The breaker of " + zone + " does not hold: it is locked.",
                zone + " 的断路器合不上：已闭锁。"));
  }

  private void wire(Fact fact) {
    String line = fact.text("line");
    if (fact.kind() == Fact.Kind.WIRE) {
      String fault = fact.text("fault");
      tell(
          fact, new Words("The wire of " + line + ": " + fault + ".", line + " 总线：" + fault + "。"));
    } else if (fact.flag("there")) {
      tell(fact, new Words("The adapter of " + line + " is back.", line + " 适配器恢复。"));
    } else {
      tell(fact, new Words("The adapter of " + line + " is gone.", line + " 适配器消失。"));
    }
  }

  private void fan(Fact fact) {
    if (fact.flag("running")) {
      tell(fact, new Words("The local fan runs.", "局部通风机运转。"));
    } else {
      danger = danger.or(() -> Optional.of(fact.tick()));
      tell(fact, new Words("The local fan stands.", "局部通风机停风。"));
    }
  }

  private void key(Fact fact) {
    if (fact.flag("pressed")) {
      tell(fact, new Words("Somebody turns the consent key.", "有人转动确认钥匙。"));
    }
  }

  /** A frame of the interlock: told where a lock has changed. */
  synchronized void hear(Status status) {
    for (Status.Zone zone : status.zones()) {
      String now = zone.lock();
      if (!now.equals(locks.put(zone.name(), now))) {
        tell(zone);
      }
    }
  }

  private void tell(Status.Zone zone) {
    Map<String, String> fields =
        Map.of("zone", zone.name(), "lock", zone.lock(), "cause", zone.first());
    String by = zone.point().isEmpty() ? "" : " (" + zone.point() + ")";
    Words words =
        switch (zone.lock()) {
          case "Open" ->
              new Words(
                  "Interlock: the lock of " + zone.name() + " is open; a person may close.",
                  "闭锁装置：" + zone.name() + " 闭锁解除，可人工送电。");
          case "Tripped" ->
              new Words(
                  "Interlock: " + zone.name() + " is locked: " + zone.first() + by + ".",
                  "闭锁装置：" + zone.name() + " 闭锁：" + chinese(zone.first()) + by + "。");
          default ->
              new Words(
                  "Interlock: " + zone.name() + ": every cause is gone, the lock still holds.",
                  "闭锁装置：" + zone.name() + " 原因已消失，闭锁保持。");
        };
    narrator.tell(new Tick(System.nanoTime()), "lock", fields, words);
  }

  private static String chinese(String cause) {
    return Arrays.stream(Cause.values())
        .filter(known -> known.name().equals(cause))
        .map(Cause::chinese)
        .findFirst()
        .orElse(cause);
  }
}
