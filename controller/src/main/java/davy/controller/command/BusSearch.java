package davy.controller.command;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.BusProbe.Answer;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for devices on a line of which nothing is known: asks every address for one register. */
final class BusSearch {

  /** What nearly every device answers, if only by a refusal: a register, else a coil. */
  private static final List<Block> QUESTIONS =
      List.of(new Block(Space.HOLDING, 0, 1), new Block(Space.COIL, 0, 1));

  private static final long MICRO = 1_000;

  private final Ports ports;
  private final Clock clock;
  private final Timing timing;
  private final Progress progress;

  /** Opens the line at a speed. */
  @FunctionalInterface
  interface Ports {
    SerialLine open(SerialSettings settings) throws IOException;
  }

  /** Told before each address is asked. */
  @FunctionalInterface
  interface Progress {
    void at(SerialSettings settings, int address, int found);
  }

  /**
   * @param words what it answered
   * @param replyMicros 0 where it only refused or was spoilt
   * @param shared two devices seem to have this address
   * @param guess the map that it may be read with
   */
  record Found(
      SerialSettings settings,
      int address,
      String words,
      long replyMicros,
      boolean shared,
      BusGuess guess) {}

  /**
   * @param timeoutMillis how long a device may take to answer
   */
  BusSearch(Ports ports, Clock clock, int timeoutMillis, Progress progress) {
    this.ports = ports;
    this.clock = clock;
    this.timing = new Timing(timeoutMillis, timeoutMillis, timeoutMillis, 0);
    this.progress = progress;
  }

  /**
   * @param last of the addresses that are asked, 247 at most
   */
  List<Found> search(List<SerialSettings> all, int first, int last) throws IOException {
    List<Found> found = new ArrayList<>();
    for (SerialSettings settings : all) {
      SerialLine line = ports.open(settings);
      try (BusProbe probe = new BusProbe(line, settings, clock)) {
        line.discard();
        for (int address = first; address <= last; address++) {
          progress.at(settings, address, found.size());
          ask(probe, settings, address).ifPresent(found::add);
        }
      }
    }
    return List.copyOf(found);
  }

  private Optional<Found> ask(BusProbe probe, SerialSettings settings, int address)
      throws IOException {
    for (Block question : QUESTIONS) {
      String asked = question.space() == Space.COIL ? "coil 0" : "holding register 0";
      switch (probe.read(address, question, timing)) {
        case Answer.Values(int[] values, long nanos, boolean twice) -> {
          String words = asked + " = " + values[0];
          return Optional.of(found(probe, settings, address, words, nanos / MICRO, twice));
        }
        case Answer.Refused(int code, boolean twice) -> {
          String words = "refuses " + asked + " (exception " + code + ")";
          return Optional.of(found(probe, settings, address, words, 0, twice));
        }
        case Answer.Garbled(boolean doubled) when doubled -> {
          return Optional.of(found(probe, settings, address, "two answers at one time", 0, true));
        }
        case Answer.Garbled _, Answer.Silent _ -> {}
        case Answer.Lost(String why) -> throw new IOException(why);
      }
    }
    return Optional.empty();
  }

  private Found found(
      BusProbe probe,
      SerialSettings settings,
      int address,
      String words,
      long replyMicros,
      boolean shared) {
    BusGuess guess = BusGuess.of(probe, address, timing);
    return new Found(settings, address, words, replyMicros, shared, guess);
  }
}
