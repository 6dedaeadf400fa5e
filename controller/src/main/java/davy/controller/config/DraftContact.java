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
   * @param closedIs whether a closed contact means what the key says: live, pressed
   */
  record Bus(
      TomlTable table,
      DraftDevice device,
      int channel,
      boolean closedIs,
      Optional<Integer> ageLimitMillis)
      implements DraftContact {}

  record Gpio(TomlTable table, Site.Contact.Gpio contact) implements DraftContact {}

  /**
   * @param meaning the key that says which state of the contact means it: live, pressed
   * @param owner for complaints
   * @return empty where it was complained of
   */
  static Optional<DraftContact> read(
      TomlTable table, String meaning, String owner, Named<DraftDevice> devices, Claims claims) {
    if (table.has("chip")) {
      Board.LineName line = line(table, owner, claims);
      return Optional.of(
          new Gpio(
              table,
              new Site.Contact.Gpio(
                  line, table.choice("active", ACTIVE), table.choice("pull", PULL))));
    }
    Optional<DraftDevice> device = devices.find(table, "device");
    boolean closedIs = table.choice(meaning, CLOSED);
    Optional<Integer> ageLimit = table.optionalInteger("ageLimitMillis", 50, MAX_AGE_MILLIS);
    if (device.isEmpty()) {
      table.scalar("channel");
      return Optional.empty();
    }
    Optional<Integer> channel = device.get().channel(table, "channel");
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    judge(table, owner, device.get(), channel.get(), claims);
    return Optional.of(new Bus(table, device.get(), channel.get(), closedIs, ageLimit));
  }

  private static void judge(
      TomlTable table, String owner, DraftDevice device, int index, Claims claims) {
    Channel channel = device.channelAt(index).orElseThrow();
    if (channel.quantity() != Quantity.CONTACT) {
      table.complain(
          "channel", "channel %s of %s is no contact".formatted(channel.name(), device.name()));
    }
    claims.claim(table, "channel", "channel " + channel.name() + " of " + device.name(), owner);
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
