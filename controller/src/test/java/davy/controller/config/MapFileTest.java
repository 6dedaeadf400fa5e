package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Meaning;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MapFileTest {

  private static final String RIGHT =
      """
      name = "head"
      title = "A head"
      source = "its maker"
      reviewed = true
      [parameters.place]
      title = "where the value stands"
      type = "integer"
      least = 0
      most = 9
      [parameters.top]
      title = "upper end"
      type = "number"
      least = 1.0
      most = 5.0
      default = 4.0
      [timing]
      source = "its maker"
      turnaroundTypicalMillis = 10
      turnaroundMaxMillis = 50
      lateReplyMillis = 100
      minPollMillis = 200
      [[block]]
      space = "input"
      address = 0
      count = 6
      [[identity]]
      field = { space = "input", address = 0, encoding = "u16", mask = 0x0FF0 }
      allowed = [7, 9]
      [[channel]]
      name = "gas"
      quantity = "methane"
      value = { space = "input", address = "$place", encoding = "s16" }
      scale = { unit = "percent-volume", decimals = 2 }
      minimum = -0.5
      maximum = "$top"
      [[channel.status]]
      field = { space = "input", address = 2, encoding = "bit", bit = 3 }
      codes = { 0 = "good" }
      otherwise = "device-fault"
      [channel.liveness]
      field = { space = "input", address = 4, encoding = "u32" }
      limitMillis = 5000
      """;

  private final List<Complaint> complaints = new ArrayList<>();

  @Test
  void aRightFileBecomesTheMapItDescribes() {
    DeviceMap map = read(RIGHT, "parameters.place = 1").orElseThrow();
    assertEquals(List.of(), complaints);
    assertEquals("head", map.name());
    assertTrue(map.reviewed());
    assertEquals(new DeviceMap.Timing(10, 50, 100, 200), map.timing());
    assertEquals(List.of(new DeviceMap.Block(Space.INPUT, 0, 6)), map.blocks());
    Field identity = new Field(Space.INPUT, 0, Encoding.U16, 0x0FF0);
    assertEquals(List.of(new DeviceMap.Condition(identity, List.of(7, 9))), map.identity());
    DeviceMap.Channel channel = map.channels().getFirst();
    assertEquals(new Field(Space.INPUT, 1, Encoding.S16, 0xFFFF), channel.value());
    assertEquals(new Scale.Fixed(Unit.PERCENT_VOLUME, 2, 0), channel.scale());
    assertEquals(-50, channel.minimum());
    assertEquals(400, channel.maximum());
    Field status = new Field(Space.INPUT, 2, Encoding.BIT, 8);
    assertEquals(
        List.of(new DeviceMap.Status(status, Map.of(0, Meaning.GOOD), Meaning.DEVICE_FAULT)),
        channel.status());
    assertEquals(5000, channel.liveness().orElseThrow().limitMillis());
    assertEquals(Optional.empty(), map.relay());
  }

  @ParameterizedTest(name = "{0} -> {1} : {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "name = \"head\" | name = \"Head\" | map.toml:1:1: name must be small letters",
        "reviewed = true | reviewed = \"no\" | map.toml:4:1: reviewed must be true or false",
        "reviewed = true | | map.toml:1:1: reviewed is missing",
        "most = 9 | most = -1 | map.toml:5:1: this parameter can have no value",
        "default = 4.0 | default = 5.5 | map.toml:15:1: default must be a number from 1.00 to 5.00",
        "parameters.top | parameters.address | address always stands for the device's own",
        "Millis = 50 | Millis = 5 | map.toml:18:1: turnaroundTypicalMillis is above the maximum",
        "lateReplyMillis = 100 | lateReply = 100 | map.toml:20:1: unknown key lateReply",
        "count = 6 | count = 126 | map.toml:25:1: count must be a whole number from 1 to 125",
        "count = 6 | count = 5 | map.toml:41:28: no [[block]] reads this field",
        "[7, 9] | [256] | map.toml:28:1: the field can never hold 256",
        "[7, 9] | [] | map.toml:28:1: allowed must list at least one value",
        "\"methane\" | \"radon\" | map.toml:31:1: quantity must be one of",
        "\"$place\" | \"$there\" | address names the parameter $there, which is not declared",
        "\"s16\" | \"s24\" | encoding must be one of \"bit\", \"u16\"",
        "\"percent-volume\" | \"celsius\" | unit: this unit does not measure",
        "decimals = 2 | decimals = 7 | decimals must be a whole number from 0 to 6",
        "minimum = -0.5 | minimum = 4 | map.toml:34:1: minimum must be below maximum",
        "minimum = -0.5 | minimum = -0.505 | minimum must be a number",
        "bit = 3 | bit = 16 | bit must be a whole number from 0 to 15",
        "0 = \"good\" | 1 = \"warm-up\" | map.toml:38:1: no code is \"good\"",
        "0 = \"good\" | zero = \"good\" | codes: zero is no whole number",
        "0 = \"good\" | 2 = \"good\" | map.toml:38:1: the field can never hold 2",
        "0 = \"good\" | 0 = \"good\", 0x0 = \"good\" | codes: 0x0 is there twice",
        "address = 4, encoding = \"u32\" | address = 1, encoding = \"s16\" | a field that moves",
        "limitMillis = 5000 | limitMillis = 999 | limitMillis must be a whole number from 1000",
      })
  void everyMistakeIsToldAtItsPlace(String right, String wrong, String told) {
    assertTrue(RIGHT.contains(right), right);
    String text = RIGHT.replaceFirst(Pattern.quote(right), quoted(wrong));
    read(text, "parameters.place = 1");
    String wanted = told.startsWith("unit: ") ? told.substring(6) : told;
    assertTrue(
        complaints.stream().anyMatch(complaint -> complaint.toString().contains(wanted)),
        () -> "not told: " + wanted + "\n" + complaints);
  }

  @Test
  void allMistakesAreToldInOneRunAndOnceForAllDevices() {
    String text = RIGHT.replace("count = 6", "count = 0").replace("\"u32\"", "\"u8\"");
    MapFile file = MapFile.read(new Shelf.Text("map.toml", text), complaints).orElseThrow();
    TomlTable root = parse("[a]\nparameters.place = 1\n[b]\nparameters.place = 1\n");
    assertFalse(file.of(root.table("a")).isPresent());
    int told = complaints.size();
    assertTrue(told >= 2);
    assertFalse(file.of(root.table("b")).isPresent());
    assertEquals(told, complaints.size());
  }

  @Test
  void parametersAreJudgedAtTheDevicesOwnEntry() {
    MapFile file = MapFile.read(new Shelf.Text("map.toml", RIGHT), complaints).orElseThrow();
    TomlTable root =
        parse(
            """
            [a]
            [b.parameters]
            place = 10
            top = "high"
            strange = 1
            """);
    file.of(root.table("a"));
    file.of(root.table("b"));
    root.finish();
    assertEquals(
        List.of(
            "site.toml:1:1: parameters.place is missing: where the value stands",
            "site.toml:3:1: place must be a whole number from 0 to 9",
            "site.toml:4:1: top must be a number from 1.00 to 5.00 with at most 2 decimals",
            "site.toml:5:1: unknown key strange; known here: place, top"),
        complaints.stream().map(Complaint::toString).toList());
  }

  @Test
  void blocksMayNotOverlapAndAMapNeedsAChannelOrARelay() {
    String head = RIGHT.substring(0, RIGHT.indexOf("[[identity]]"));
    read(head + "[[block]]\nspace = \"input\"\naddress = 5\ncount = 1\n", "parameters.place = 1");
    List<String> told = complaints.stream().map(Complaint::text).toList();
    assertTrue(told.contains("this block overlaps an earlier one of the same space"));
    assertTrue(told.contains("a map needs at least one [[channel]], or [relay]"));
  }

  @Test
  void aRelayBoardNeedsNoBlocksButAPulseClearOfItsCoils() {
    String head = RIGHT.substring(0, RIGHT.indexOf("[[block]]"));
    String relay = "[relay]\ncoils = 8\nfirstCoil = 0\n";
    String pulse = "pulse = { firstAddress = 512, unitMillis = 100 }\n";
    DeviceMap map = read(head + relay + pulse, "parameters.place = 1").orElseThrow();
    assertEquals(
        Optional.of(new DeviceMap.Relay(8, 0, Optional.of(new DeviceMap.Pulse(512, 100)))),
        map.relay());
    read(head + relay + pulse.replace("512", "7"), "parameters.place = 1");
    assertEquals("the pulse addresses overlap the coils", complaints.getFirst().text());
  }

  @Test
  void everyShippedFileIsReadAndNamedAsItsFile() {
    Shelf shelf = Shelf.builtIn("davy/maps");
    assertEquals(7, shelf.names().size());
    for (String name : shelf.names()) {
      Shelf.Text file = shelf.find(name).orElseThrow();
      assertTrue(MapFile.read(file, complaints).isPresent(), name);
      assertTrue(file.text().contains("\nname = \"" + name + "\"\n"), name);
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  void theExampleOfTheDocumentIsRight() throws IOException {
    String document = Files.readString(Path.of("../deploy/docs/device-maps.md"));
    int start = document.indexOf("```toml") + 8;
    String example = document.substring(start, document.indexOf("```", start));
    DeviceMap map = read(example, "parameters = { maximum = 100.0 }").orElseThrow();
    assertEquals(List.of(), complaints);
    assertEquals(10_000, map.channels().getFirst().maximum());
  }

  private Optional<DeviceMap> read(String map, String device) {
    TomlTable entry = parse("[device]\n" + device + "\n").table("device");
    return MapFile.read(new Shelf.Text("map.toml", map), complaints)
        .flatMap(file -> file.of(entry));
  }

  private TomlTable parse(String text) {
    return TomlTable.parse("site.toml", text, complaints).orElseThrow();
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(Optional.ofNullable(replacement).orElse(""));
  }
}
