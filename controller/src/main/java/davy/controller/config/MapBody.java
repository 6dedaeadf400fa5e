package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Condition;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Liveness;
import davy.bridge.modbus.DeviceMap.Meaning;
import davy.bridge.modbus.DeviceMap.Pulse;
import davy.bridge.modbus.DeviceMap.Relay;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Status;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything of a map file but its parameters, judged as it is read. Used once. */
final class MapBody {

  private static final int LAST_ADDRESS = 65_535;
  private static final int MOST_RELAYS = 64;
  private static final int WIDEST = 100_000_000;

  private final TomlTable root;
  private final List<Block> blocks;
  private final MapFields fields;

  MapBody(TomlTable root) {
    this.root = root;
    this.blocks = blocks();
    this.fields = new MapFields(blocks);
  }

  /** A map, to be used only if no complaint was made. */
  DeviceMap read() {
    String name = name(root);
    List<Channel> channels = channels();
    Optional<Relay> relay = root.optionalTable("relay").map(MapBody::relay);
    if (channels.isEmpty() && relay.isEmpty()) {
      root.complain("a map needs at least one [[channel]], or [relay]");
    }
    if (channels.isEmpty() != blocks.isEmpty()) {
      root.complain("channels need a [[block]] to be read from, and blocks need a [[channel]]");
    }
    return new DeviceMap(
        name,
        root.text("title"),
        root.text("source"),
        root.flag("reviewed"),
        timing(root.table("timing")),
        blocks,
        conditions(root, "identity"),
        channels,
        relay);
  }

  private static String name(TomlTable table) {
    String name = table.text("name");
    if (!name.isEmpty() && !name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      table.complain("name", "name must be small letters, digits and dashes, at most 40");
    }
    return name;
  }

  private static Timing timing(TomlTable table) {
    table.text("source");
    int typical = table.integer("turnaroundTypicalMillis", 0, 2000);
    int longest = table.integer("turnaroundMaxMillis", 1, 5000);
    if (typical > longest) {
      table.complain("turnaroundTypicalMillis", "turnaroundTypicalMillis is above the maximum");
    }
    return new Timing(
        typical,
        longest,
        table.integer("lateReplyMillis", 0, 10_000),
        table.integer("minPollMillis", 0, 60_000));
  }

  private List<Block> blocks() {
    List<Block> found = new ArrayList<>();
    for (TomlTable table : root.tables("block")) {
      Space space = table.choice("space", MapWords.SPACES);
      int address = table.integer("address", 0, LAST_ADDRESS);
      int most = Math.min(MapFields.isBit(space) ? 2000 : 125, LAST_ADDRESS + 1 - address);
      Block block = new Block(space, address, table.integer("count", 1, most));
      if (found.stream().anyMatch(other -> overlap(other, block))) {
        table.complain("this block overlaps an earlier one of the same space");
      }
      found.add(block);
    }
    return List.copyOf(found);
  }

  private static boolean overlap(Block a, Block b) {
    return a.space() == b.space()
        && a.address() < b.address() + b.count()
        && b.address() < a.address() + a.count();
  }

  private List<Condition> conditions(TomlTable table, String key) {
    return table.tables(key).stream().map(this::condition).toList();
  }

  private Condition condition(TomlTable table) {
    Field field = fields.code(table, "field");
    List<Integer> allowed = table.integers("allowed", -WIDEST, WIDEST);
    if (allowed.isEmpty()) {
      table.complain("allowed", "allowed must list at least one value");
    }
    allowed.stream()
        .filter(value -> !MapFields.canHold(field, value))
        .forEach(value -> table.complain("allowed", "the field can never hold " + value));
    return new Condition(field, allowed);
  }

  private List<Channel> channels() {
    List<Channel> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (TomlTable table : root.tables("channel")) {
      Channel channel = channel(table);
      if (!names.add(channel.name())) {
        table.complain("name", "there is already a channel " + channel.name());
      }
      found.add(channel);
    }
    return List.copyOf(found);
  }

  private Channel channel(TomlTable table) {
    Quantity quantity = table.choice("quantity", MapWords.QUANTITIES);
    Field value = fields.number(table, "value");
    boolean contact = quantity == Quantity.CONTACT;
    if (contact && value.encoding() != DeviceMap.Encoding.BIT) {
      table.complain("value", "a contact is read from one bit");
    }
    int decimals = quantity.decimals();
    int minimum = contact ? 0 : table.decimal("minimum", decimals, -WIDEST, WIDEST);
    int maximum = contact ? 1 : table.decimal("maximum", decimals, -WIDEST, WIDEST);
    if (minimum >= maximum) {
      table.complain("minimum", "minimum must be below maximum");
    }
    return new Channel(
        name(table),
        quantity,
        value,
        contact ? new Scale.Fixed(Unit.CONTACT, 0, 0) : scale(table.table("scale"), quantity),
        conditions(table, "condition"),
        table.tables("status").stream().map(this::status).toList(),
        table.optionalTable("liveness").map(live -> liveness(live, value)),
        minimum,
        maximum);
  }

  private Scale scale(TomlTable table, Quantity quantity) {
    if (!table.has("unitField") && !table.has("decimalsField")) {
      Unit unit = table.choice("unit", MapWords.UNITS);
      if (table.has("unit") && !unit.measures(quantity)) {
        table.complain("unit", "this unit does not measure the channel's quantity");
      }
      int offset = table.integer("offset", -LAST_ADDRESS, LAST_ADDRESS, 0);
      return new Scale.Fixed(unit, table.integer("decimals", 0, 6), offset);
    }
    Map<Integer, Unit> units = MapFields.coded(table, "units", MapWords.UNITS);
    if (!units.values().stream().allMatch(unit -> unit.measures(quantity))) {
      table.complain("units", "list only units that measure the channel's quantity");
    }
    return new Scale.Coded(
        fields.code(table, "unitField"),
        units,
        fields.code(table, "decimalsField"),
        MapFields.codedNumbers(table, "decimals", 0, 6));
  }

  private Status status(TomlTable table) {
    Field field = fields.code(table, "field");
    Map<Integer, Meaning> codes = MapFields.coded(table, "codes", MapWords.MEANINGS);
    Meaning otherwise = table.choice("otherwise", MapWords.MEANINGS);
    if (otherwise != Meaning.GOOD && !codes.containsValue(Meaning.GOOD)) {
      table.complain("codes", "no code is \"good\": this channel could never be read");
    }
    codes.keySet().stream()
        .filter(code -> !MapFields.canHold(field, code))
        .forEach(code -> table.complain("codes", "the field can never hold " + code));
    return new Status(field, codes, otherwise);
  }

  private Liveness liveness(TomlTable table, Field value) {
    Field field = fields.number(table, "field");
    if (table.has("field") && field.equals(value)) {
      table.complain("field", "a steady value is no fault: liveness needs a field that moves");
    }
    return new Liveness(field, table.integer("limitMillis", 1000, 600_000));
  }

  private static Relay relay(TomlTable table) {
    int coils = table.integer("coils", 1, MOST_RELAYS);
    int first = table.integer("firstCoil", 0, LAST_ADDRESS + 1 - coils);
    Optional<Pulse> pulse =
        table
            .optionalTable("pulse")
            .map(
                inner ->
                    new Pulse(
                        inner.integer("firstAddress", 0, LAST_ADDRESS + 1 - coils),
                        inner.integer("unitMillis", 10, 1000)));
    if (pulse.map(p -> Math.abs(p.firstAddress() - first) < coils).orElse(false)) {
      table.complain("pulse", "the pulse addresses overlap the coils");
    }
    return new Relay(coils, first, pulse);
  }
}
