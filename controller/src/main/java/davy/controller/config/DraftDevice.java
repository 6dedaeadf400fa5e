package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A {@code [[device]]}, with its place in the file.
 *
 * @param line empty where the file names none that exists
 * @param map empty where the file names none that can be read
 * @param pollMillis empty where the file says nothing
 * @param proven the commissioning record of the self-dropping pulse is there (S11)
 */
record DraftDevice(
    TomlTable table,
    String name,
    Optional<DraftLine> line,
    int address,
    Optional<DeviceMap> map,
    int lelHundredths,
    Optional<Integer> pollMillis,
    boolean proven) {

  static final int POLL_MILLIS = 1000;
  private static final int LONGEST_POLL_MILLIS = 60_000;

  /** One place of the file is one device: all else follows from it, and need not be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DraftDevice that && table.equals(that.table);
  }

  @Override
  public int hashCode() {
    return table.hashCode();
  }

  static Named<DraftDevice> read(
      TomlTable root,
      Named<DraftLine> lines,
      DeviceMaps maps,
      Optional<Profile> profile,
      Claims claims) {
    Named<DraftDevice> devices = new Named<>("device");
    for (TomlTable table : root.tables("device")) {
      String name = Named.name(table);
      Optional<DraftLine> line = lines.find(table, "line");
      int before = table.complaints().size();
      int address = table.integer("address", 1, 247);
      if (line.isPresent() && table.complaints().size() == before) {
        claims.claim(
            table, "address", "address " + address + " on line " + line.get().name(), name);
      }
      DraftDevice device =
          new DraftDevice(
              table,
              name,
              line,
              address,
              maps.of(table),
              table.optionalDecimal("lel", 2, 400, 550).orElse(0),
              table.optionalInteger("pollMillis", 10, LONGEST_POLL_MILLIS),
              table.optionalTable("pulseProven").map(DraftDevice::proof).isPresent());
      devices.add(table, name, device);
      device.map().ifPresent(device::judge);
      profile.ifPresent(device::judge);
    }
    return devices;
  }

  private static String proof(TomlTable table) {
    return table.text("board") + table.date("date");
  }

  private void judge(DeviceMap map) {
    if (!table.has("lel") && map.channels().stream().anyMatch(DraftDevice::inLel)) {
      table.complain(
          map.name()
              + " reports %LEL: add lel, the %CH4 that its maker takes for 100 %LEL (as 5.00)");
    }
    int shortest = map.timing().minPollMillis();
    if (pollMillis.isPresent() && pollMillis.get() < shortest) {
      table.complain(
          "pollMillis", "pollMillis: " + map.name() + " allows no less than " + shortest);
    }
  }

  private void judge(Profile profile) {
    int longest = profile.figure(ProfileKey.POLL);
    if (pollMillis.isPresent() && pollMillis.get() > longest) {
      table.complain(
          "pollMillis",
          "pollMillis: profile " + profile.name() + " allows no more than " + longest);
    }
  }

  private static boolean inLel(Channel channel) {
    return channel.scale() instanceof Scale.Fixed(Unit unit, _, _) && unit == Unit.PERCENT_LEL;
  }

  /** The channel that a key names; complained of where the map has none of that name. */
  Optional<Integer> channel(TomlTable user, String key) {
    String wanted = user.text(key);
    if (map.isEmpty() || wanted.isEmpty()) {
      return Optional.empty();
    }
    List<Channel> channels = map.get().channels();
    Optional<Integer> found =
        IntStream.range(0, channels.size())
            .boxed()
            .filter(index -> channels.get(index).name().equals(wanted))
            .findFirst();
    if (found.isEmpty()) {
      user.complain(
          key,
          "%s has no channel %s; its map %s has: %s"
              .formatted(
                  name,
                  wanted,
                  map.get().name(),
                  String.join(", ", channels.stream().map(Channel::name).toList())));
    }
    return found;
  }

  Optional<Channel> channelAt(int index) {
    return map.map(of -> of.channels().get(index));
  }
}
