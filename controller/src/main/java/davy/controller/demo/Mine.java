package davy.controller.demo;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialSettings;
import davy.hal.signal.Feed;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.hal.sim.Heading;
import davy.hal.sim.Plant;
import davy.hal.sim.Plant.Place;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The simulated heading with everything that hangs on its two lines. Stepped with real time by
 * {@link MineMain}; tells facts. One thread.
 */
final class Mine {

  static final String SENSORS = "sensors";
  static final String RELAYS = "relays";
  static final SerialSettings SENSOR_LINE = new SerialSettings(9_600, SerialSettings.Format.F8N1);
  static final SerialSettings RELAY_LINE = new SerialSettings(38_400, SerialSettings.Format.F8N1);

  /** From the last byte of a request to the first of the answer, of every slave here. */
  static final int TURNAROUND_MILLIS = 12;

  /** From the relay's contact opening to the breaker's contacts being open. */
  static final int DROP_OUT_MILLIS = 60;

  /** Five metres: the return air follows the face within seconds, so that a story is short. */
  private static final Heading SHORT = new Heading(5, 6, 24, 0.5, 12, 0.048);

  private static final double OUTBURST = 0.30;
  private static final double OUTBURST_SPREAD = 0.04;
  private static final int WIND_REGISTER = 0;
  private static final int TURNAROUND_MICROS = TURNAROUND_MILLIS * 1_000;
  private static final int FEED_INPUT = 0;
  private static final int FAN_INPUT = 1;
  private static final int KEY_INPUT = 2;
  private static final int ZONE_COIL = 0;
  private static final long KEY_NANOS = 1_000_000_000L;
  private static final long TELL_NANOS = 1_000_000_000L;

  private final Consumer<Fact> teller;
  private final Plant plant;
  private final double peak;
  private final MineHead face;
  private final MineHead returnAir;
  private final SimGasHead carbonMonoxide = SimGasHead.carbonMonoxide();
  private final SimTransmitter wind = SimTransmitter.windSpeed(WIND_REGISTER);
  private final SimSlave carbonMonoxideSlave = new SimSlave(3, carbonMonoxide, TURNAROUND_MICROS);
  private final SimSlave windSlave = new SimSlave(4, wind, TURNAROUND_MICROS);
  private final SimRelays relays = new SimRelays(8);
  private final SimInputs inputs = new SimInputs(8);
  private final SimSlave relaySlave = new SimSlave(1, relays, TURNAROUND_MICROS);
  private final SimSlave inputSlave = new SimSlave(2, inputs, TURNAROUND_MICROS);
  private final SlaveBank sensorBank;
  private final SlaveBank relayBank;
  private final Breaker breaker;

  private Tick last;
  private Tick toldGas;
  private Tick keyUntil;
  private Tick coilFrame;
  private boolean keyPressed;
  private boolean energised;
  private byte asked;

  Mine(long seed, Tick start, Consumer<Fact> teller) {
    this.teller = teller;
    this.last = start;
    this.toldGas = start;
    this.keyUntil = start;
    this.coilFrame = start.plusMillis(-1_000);
    this.plant = new Plant(SHORT, seed);
    this.peak = OUTBURST + OUTBURST_SPREAD * new Random(seed).nextDouble();
    this.face = head("T1", 1, new Methane(150), Place.FACE);
    this.returnAir = head("T2", 2, new Methane(100), Place.RETURN);
    this.sensorBank =
        new SlaveBank(
            SENSOR_LINE, List.of(face.slave(), returnAir.slave(), carbonMonoxideSlave, windSlave));
    this.relayBank = new SlaveBank(RELAY_LINE, List.of(relaySlave, inputSlave));
    sensorBank.listen(this::sensorAsked);
    relayBank.listen(this::relayAsked);
    inputs.contact(FAN_INPUT, true);
    this.breaker = new Breaker(Play.ZONE, DROP_OUT_MILLIS * 1_000_000L, start);
    breaker.watch(
        (feed, at) -> teller.accept(zone(Fact.Kind.FEED, at).with("live", feed == Feed.LIVE)));
  }

  private MineHead head(String name, int address, Methane tripAt, Place place) {
    return new MineHead(
        name,
        address,
        TURNAROUND_MICROS,
        tripAt,
        new Methane(100),
        plant.methanePercent(place),
        teller);
  }

  private static Fact zone(Fact.Kind kind, Tick at) {
    return Fact.of(kind, at).with("zone", Play.ZONE);
  }

  SlaveBank sensorBank() {
    return sensorBank;
  }

  SlaveBank relayBank() {
    return relayBank;
  }

  private void sensorAsked(byte[] frame, Tick lastByte) {
    asked = frame[0];
    switch (frame[0]) {
      case 1 -> face.asked(lastByte);
      case 2 -> returnAir.asked(lastByte);
      default -> {}
    }
  }

  /** Bytes of an answer on the sensor line have arrived at the master. */
  void sensorAnswered(Tick now) {
    switch (asked) {
      case 1 -> face.answered(now);
      case 2 -> returnAir.answered(now);
      default -> {}
    }
  }

  private void relayAsked(byte[] frame, Tick lastByte) {
    if (frame[0] == relaySlave.address() && frame[1] == 5) {
      coilFrame = lastByte;
    }
  }

  /** Everything that is not on a wire, up to now. */
  void step(Tick now) {
    long nanos = now.nanosSince(last);
    last = now;
    plant.advance(nanos);
    double degrees = plant.temperatureDegrees();
    face.advance(nanos, plant.methanePercent(Place.FACE), degrees, now);
    returnAir.advance(nanos, plant.methanePercent(Place.RETURN), degrees, now);
    carbonMonoxide.measure((int) Math.round(plant.carbonMonoxidePpm(Place.RETURN)));
    wind.set(WIND_REGISTER, (int) Math.round(plant.roadwayMetresPerSecond() * 100));
    power(now);
    if (keyPressed && !now.isBefore(keyUntil)) {
      key(false, now);
    }
    if (now.nanosSince(toldGas) >= TELL_NANOS) {
      toldGas = toldGas.plusNanos(TELL_NANOS);
      teller.accept(
          Fact.of(Fact.Kind.GAS, now)
              .with("T1", Math.round(plant.methanePercent(Place.FACE) * 100))
              .with("T2", Math.round(plant.methanePercent(Place.RETURN) * 100)));
    }
  }

  private void power(Tick now) {
    boolean coil = relays.energised(ZONE_COIL, now);
    if (coil != energised) {
      energised = coil;
      // A frame acts when the silence behind it has shown its end, a few milliseconds later.
      boolean written = now.nanosSince(coilFrame) < 4 * RELAY_LINE.silenceNanos();
      teller.accept(
          zone(Fact.Kind.RELAY, written ? coilFrame : now)
              .with("energised", coil)
              .with("written", written));
    }
    breaker.coil(coil, now);
    breaker.advance(now);
    inputs.contact(FEED_INPUT, breaker.feedContactClosed());
  }

  private void key(boolean pressed, Tick now) {
    keyPressed = pressed;
    inputs.contact(KEY_INPUT, pressed);
    teller.accept(Fact.of(Fact.Kind.KEY, now).with("pressed", pressed));
  }

  /** Does what the parent, or a person at its keyboard, asks for. */
  void obey(MineCommand command, Tick now) {
    switch (command.word()) {
      case OUTBURST -> plant.setInflow(peak);
      case CALM -> plant.setInflow(SHORT.inflowCubicMetresPerSecond());
      case UNPLUG -> unplug(command, true, now);
      case PLUG -> unplug(command, false, now);
      case FREEZE -> freeze(command, true, now);
      case THAW -> freeze(command, false, now);
      case CLOSE -> close(command, now);
      case KEY -> {
        keyUntil = now.plusNanos(KEY_NANOS);
        key(true, now);
      }
    }
  }

  private void unplug(MineCommand command, boolean out, Tick now) {
    SimFault fault = out ? SimFault.SILENT : SimFault.NONE;
    switch (command.target()) {
      case "T1" -> face.unplug(out, now);
      case "T2" -> returnAir.unplug(out, now);
      case "CO" -> carbonMonoxideSlave.fault(fault);
      case "WIND" -> windSlave.fault(fault);
      default -> refuse(command, now);
    }
  }

  private void freeze(MineCommand command, boolean silent, Tick now) {
    SimFault fault = silent ? SimFault.SILENT : SimFault.NONE;
    switch (command.target()) {
      case SENSORS -> {
        face.unplug(silent, now);
        returnAir.unplug(silent, now);
        carbonMonoxideSlave.fault(fault);
        windSlave.fault(fault);
      }
      case RELAYS -> {
        relaySlave.fault(fault);
        inputSlave.fault(fault);
      }
      default -> refuse(command, now);
    }
  }

  private void close(MineCommand command, Tick now) {
    if (command.target().equals(Play.ZONE)) {
      teller.accept(zone(Fact.Kind.BREAKER, now).with("closed", breaker.closeByHand(now)));
    } else {
      refuse(command, now);
    }
  }

  private void refuse(MineCommand command, Tick now) {
    teller.accept(Fact.of(Fact.Kind.REFUSED, now).with("command", command.line()));
  }
}
