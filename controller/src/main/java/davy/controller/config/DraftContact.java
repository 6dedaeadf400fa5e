package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.controller.config.TomlTable.Choice;
import davy.hal.Board;
import davy.hal.signal.Quantity;
import java.util.List;
import java.util.Optional;

/** A contact as a table of the file names it: a discrete input of a device, or a GPIO line. */
sealed interface DraftContact {

  List<Choice<Boolean>> CLOSED = List.of(new Choice<>("closed", true), new Choice<>("open", false));
  List<Choice<Board.Active>> ACTIVE =
      List.of(new Choice<>("high", Board.Active.HIGH), new Choice<>("low", Board.Active.LOW));
  List<Choice<Board.Pull>> PULL =
      List.of(
          new Choice<>("none", Board.Pull.NONE),
          new Choice<>("up", Board.Pull.UP),
          new Choice<>("down", Board.Pull.DOWN));

  /** A contact that was not read for longer says nothing of the present. */
  int MAX_AGE_MILLIS = 10_000;

  /**
   * @param antivalent a second contact of the same device that is always in the other state (S15)
   * @param closedIs whether a closed contact means what the key says: live, pressed, running
   */
  record Bus(
      TomlTable table,
      DraftDevice of,
      int channel,
      Optional<Integer> antivalent,
      boolean closedIs,
      Optional<Integer> ageLimitMillis)
      implements DraftContact {}

  record Gpio(TomlTable table, Site.Contact.Gpio contact) implements DraftContact {}

  TomlTable table();

  /** The device that it is read from; empty for GPIO. */
  default Optional<DraftDevice> device() {
    return switch (this) {
      case Bus bus -> Optional.of(bus.of());
      case Gpio _ -> Optional.empty();
    };
  }

  /**
   * @param meaning the key that says which state of the contact means it: live, pressed, running
   * @param owner for complaints
   * @return empty where it was complained of
   */
  static Optional<DraftContact> read(
      TomlTable table, String meaning, String owner, Named<DraftDevice> devices, Claims claims) {
    if (table.has("chip")) {
      return Optional.of(gpio(table, owner, claims));
    }
    Optional<DraftDevice> device = devices.find(table, "device");
    boolean closedIs = table.choice(meaning, CLOSED);
    Optional<Integer> ageLimit = table.optionalInteger("ageLimitMillis", 50, MAX_AGE_MILLIS);
    if (device.isEmpty()) {
      table.scalar("channel");
      table.scalar("antivalent");
      return Optional.empty();
    }
    Optional<Integer> channel = channel(table, "channel", owner, device.get(), claims);
    Optional<Integer> antivalent =
        table.has("antivalent")
            ? channel(table, "antivalent", owner, device.get(), claims)
            : Optional.empty();
    return channel.map(
        index -> new Bus(table, device.get(), index, antivalent, closedIs, ageLimit));
  }

  private static Optional<Integer> channel(
      TomlTable table, String key, String owner, DraftDevice device, Claims claims) {
    Optional<Integer> index = device.channel(table, key);
    if (index.isPresent()) {
      Channel channel = device.channelAt(index.get()).orElseThrow();
      if (channel.quantity() != Quantity.CONTACT) {
        table.complain(
            key, "channel %s of %s is no contact".formatted(channel.name(), device.name()));
      }
      claims.claim(table, key, "channel " + channel.name() + " of " + device.name(), owner);
    }
    return index;
  }

  private static Gpio gpio(TomlTable table, String owner, Claims claims) {
    Board.LineName line = line(table, owner, claims);
    Optional<Board.LineName> antivalent =
        table
            .optionalInteger("antivalent", 0, 511)
            .map(other -> new Board.LineName(line.chip(), other));
    antivalent.ifPresent(other -> claims.claim(table, "antivalent", "GPIO " + other, owner));
    return new Gpio(
        table,
        new Site.Contact.Gpio(
            line, antivalent, table.choice("active", ACTIVE), table.choice("pull", PULL)));
  }

  /** A GPIO line, claimed for its owner. */
  static Board.LineName line(TomlTable table, String owner, Claims claims) {
    Board.LineName line = new Board.LineName(table.text("chip"), table.integer("line", 0, 511));
    if (line.chip().matches("(/dev/)?gpiochip\\d+")) {
      table.complain(
          "chip",
          line.chip()
              + " is a number, which may change: write the chip's label, as gpiodetect shows it");
    }
    claims.claim(table, "line", "GPIO " + line, owner);
    return line;
  }
}
