package davy.controller.command;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.BusProbe.Answer;
import davy.bridge.modbus.Decoder;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.modbus.RegisterImage;
import davy.controller.link.MeasureFrame;
import davy.hal.Clock;
import davy.hal.measure.Durations;
import davy.hal.signal.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the devices of one line of a site with their maps, again and again, and counts. */
final class BusWatch {

  private final LinePlan plan;
  private final Clock clock;
  private final List<Device> devices;

  /** What is known of one device. */
  private static final class Device {
    private final SlavePlan plan;
    private final Decoder decoder;
    private final Durations times = new Durations();
    private Optional<RegisterImage> raw = Optional.empty();
    private List<Reading> readings = List.of();
    private int replies;
    private int silences;
    private int garbled;
    private int refused;
    private boolean shared;

    Device(SlavePlan plan) {
      this.plan = plan;
      this.decoder = new Decoder(plan);
    }
  }

  BusWatch(LinePlan plan, Clock clock) {
    this.plan = plan;
    this.clock = clock;
    this.devices = plan.slaves().stream().map(Device::new).toList();
  }

  /** Every device of the line once; a board without registers is not asked. */
  void round(BusProbe probe) throws IOException {
    for (Device device : devices) {
      if (device.plan.map().blocks().isEmpty()) {
        continue;
      }
      List<Answer> answers = new ArrayList<>();
      device.raw = probe.poll(device.plan, answers);
      for (Answer answer : answers) {
        count(device, answer);
      }
      device.readings =
          device.raw.map(raw -> device.decoder.decode(raw, clock.now())).orElse(List.of());
    }
  }

  private void count(Device device, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Values values -> {
        device.replies++;
        device.shared |= values.twice();
        device.times.add(values.replyNanos(), clock.now());
      }
      case Answer.Refused refused -> {
        device.refused++;
        device.shared |= refused.twice();
      }
      case Answer.Silent _ -> device.silences++;
      case Answer.Garbled _ -> device.garbled++;
      case Answer.Lost(String why) -> throw new IOException(why);
    }
  }

  /** True while no device is silent, spoilt, refusing or there twice. */
  boolean good() {
    return devices.stream().allMatch(d -> d.silences + d.garbled + d.refused == 0 && !d.shared);
  }

  /** Each kind of trouble of each device, once it was met. */
  List<String> news() {
    List<String> news = new ArrayList<>();
    for (Device device : devices) {
      String who = plan.name() + ": " + device.plan.name() + " ";
      add(device.silences > 0, who + "does not answer", news);
      add(device.garbled > 0, who + "answers with a bad frame", news);
      add(device.refused > 0, who + "refuses", news);
      add(device.shared, who + "shares its address with a second device", news);
    }
    return news;
  }

  private static void add(boolean met, String words, List<String> news) {
    if (met) {
      news.add(words);
    }
  }

  List<String> lines() {
    TextTable table =
        new TextTable(
            List.of(
                plan.name(),
                "addr",
                "reading",
                "registers",
                "good",
                "silent",
                "bad",
                "refused",
                "reply ms p50/p99/max"));
    for (Device device : devices) {
      var spread = device.times.spread();
      table.add(
          List.of(
              device.plan.name() + (device.shared ? " (TWO DEVICES)" : ""),
              String.valueOf(device.plan.address()),
              device.plan.map().blocks().isEmpty() ? "not read" : readings(device),
              device.raw.map(BusWatch::raw).orElse("-"),
              String.valueOf(device.replies),
              String.valueOf(device.silences),
              String.valueOf(device.garbled),
              String.valueOf(device.refused),
              "%.1f / %.1f / %.1f"
                  .formatted(
                      spread.p50Micros() / 1e3,
                      spread.p99Micros() / 1e3,
                      spread.maxMicros() / 1e3)));
    }
    return table.lines();
  }

  private static String readings(Device device) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < device.readings.size(); i++) {
      var channel = device.plan.map().channels().get(i);
      words.add(channel.name() + " " + words(device.readings.get(i)));
    }
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private static String words(Reading reading) {
    return switch (reading) {
      case Reading.Never _ -> "never";
      case Reading.Good good -> String.valueOf(good.amount());
      case Reading.OverRange _ -> "over range";
      case Reading.Faulty faulty -> faulty.fault().name();
    };
  }

  private static String raw(RegisterImage image) {
    List<String> words = new ArrayList<>();
    for (RegisterImage.Part part : image.parts()) {
      for (int value : part.values()) {
        words.add("%x".formatted(value));
      }
    }
    int most = 12;
    String shown = String.join(" ", words.subList(0, Math.min(most, words.size())));
    return words.size() > most ? shown + " …" : shown;
  }

  Map<String, Object> json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("line", plan.name());
    fields.put("good", good());
    fields.put("devices", devices.stream().map(BusWatch::json).toList());
    return fields;
  }

  private static Map<String, Object> json(Device device) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", device.plan.name());
    fields.put("address", device.plan.address());
    Map<String, Object> readings = new LinkedHashMap<>();
    for (int i = 0; i < device.readings.size(); i++) {
      readings.put(device.plan.map().channels().get(i).name(), words(device.readings.get(i)));
    }
    fields.put("readings", readings);
    fields.put("replies", device.replies);
    fields.put("silences", device.silences);
    fields.put("badFrames", device.garbled);
    fields.put("exceptions", device.refused);
    fields.put("twoDevices", device.shared);
    fields.put("times", MeasureFrame.spread(device.times.spread()));
    return fields;
  }
}
