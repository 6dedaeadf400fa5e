package davy.controller.demo;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialSettings;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.hal.sim.Heading;
import davy.hal.sim.Plant;
import davy.hal.sim.Plant.Place;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The simulated heading with everything that hangs on its two lines. Stepped with real time by
 * {@link MineMain}; tells facts. One thread.
 */
final class Mine {

  static final String SENSORS = "sensors";
  static final String RELAYS = "relays";
  static final String CONTACTS = "contacts";

  /** The zone that feeds {@link Play#ZONE}. */
  static final String SECTION = "Z0";

  static final SerialSettings SENSOR_LINE = new SerialSettings(19_200, SerialSettings.Format.F8N1);
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
  private static final int SECTION_FEED_INPUT = 3;
  private static final int FAN_INPUT = 1;
  private static final int KEY_INPUT = 2;
  private static final int ZONE_COIL = 0;
  private static final int SECTION_COIL = 1;
  private static final int STOP_COIL = 0;
  private static final int START_LOCK_COIL = 1;

  /** Far above what the heads can show. */
  private static final double FLOOD = 1.2;

  private static final Methane TEST_GAS = new Methane(200);
  private static final long KEY_NANOS = 1_000_000_000L;
  private static final long TELL_NANOS = 1_000_000_000L;

  private final Consumer<Fact> teller;
  private final Plant plant;
  private final double peak;
  private final MineHead face;
  private final MineHead returnAir;
  private final MineHead intake;
  private final SimGasHead carbonMonoxide = SimGasHead.carbonMonoxide();
  private final SimTransmitter wind = SimTransmitter.windSpeed(WIND_REGISTER);
  private final SimSlave carbonMonoxideSlave = new SimSlave(3, carbonMonoxide, TURNAROUND_MICROS);
  private final SimSlave windSlave = new SimSlave(4, wind, TURNAROUND_MICROS);
  private final SimRelays relays = new SimRelays(8);
  private final SimRelays fanRelays = new SimRelays(8);
  private final SimInputs inputs = new SimInputs(8);
  private final SimSlave relaySlave = new SimSlave(1, relays, TURNAROUND_MICROS);
  private final SimSlave inputSlave = new SimSlave(1, inputs, TURNAROUND_MICROS);
  private final SimSlave fanSlave = new SimSlave(2, fanRelays, TURNAROUND_MICROS);
  private final SlaveBank sensorBank;
  private final SlaveBank relayBank;
  private final SlaveBank contactBank;
  private final MineZone zone;
  private final MineZone section;
  private final MasterRelays master;
  private final MineWires wires;

  private Tick last;
  private Tick toldGas;
  private Tick keyUntil;
  private boolean keyPressed;
  private boolean fanRan = true;
  private byte asked;

  Mine(long seed, Tick start, Consumer<Fact> teller) {
    this.teller = teller;
    this.last = start;
    this.toldGas = start;
    this.keyUntil = start;
    this.plant = new Plant(SHORT, seed);
    this.peak = OUTBURST + OUTBURST_SPREAD * new Random(seed).nextDouble();
    this.face = head("T1", 1, new Methane(150), new Methane(100), Place.FACE);
    this.returnAir = head("T2", 2, new Methane(100), new Methane(100), Place.RETURN);
    this.intake = head("T3", 5, new Methane(50), new Methane(50), Place.INTAKE);
    this.sensorBank =
        new SlaveBank(
            SENSOR_LINE,
            List.of(
                face.slave(), returnAir.slave(), carbonMonoxideSlave, windSlave, intake.slave()));
    this.relayBank = new SlaveBank(RELAY_LINE, List.of(relaySlave));
    this.contactBank = new SlaveBank(RELAY_LINE, List.of(inputSlave, fanSlave));
    this.wires =
        new MineWires(
            seed, Map.of(SENSORS, sensorBank, RELAYS, relayBank, CONTACTS, contactBank), teller);
    sensorBank.listen(this::sensorAsked);
    relayBank.listen(this::relayAsked);
    inputs.contact(FAN_INPUT, true);
    this.master = new MasterRelays(start);
    long dropOut = DROP_OUT_MILLIS * 1_000_000L;
    this.zone = new MineZone(Play.ZONE, ZONE_COIL, FEED_INPUT, dropOut, start, teller);
    this.section = new MineZone(SECTION, SECTION_COIL, SECTION_FEED_INPUT, dropOut, start, teller);
  }

  private MineHead head(
      String name, int address, Methane tripAt, Methane restoreBelow, Place place) {
    return new MineHead(
        name,
        address,
        TURNAROUND_MICROS,
        tripAt,
        restoreBelow,
        plant.methanePercent(place),
        teller);
  }

  SlaveBank sensorBank() {
    return sensorBank;
  }

  SlaveBank relayBank() {
    return relayBank;
  }

  SlaveBank contactBank() {
    return contactBank;
  }

  private void sensorAsked(byte[] frame, Tick lastByte) {
    asked = frame[0];
    switch (frame[0]) {
      case 1 -> face.asked(lastByte);
      case 2 -> returnAir.asked(lastByte);
      case 5 -> intake.asked(lastByte);
      default -> {}
    }
  }

  /** Bytes of an answer on the sensor line have arrived at the master. */
  void sensorAnswered(Tick now) {
    switch (asked) {
      case 1 -> face.answered(now);
      case 2 -> returnAir.answered(now);
      case 5 -> intake.answered(now);
      default -> {}
    }
  }

  private void relayAsked(byte[] frame, Tick lastByte) {
    if (frame[0] == relaySlave.address() && frame[1] == 5) {
      zone.asked(frame, lastByte);
      section.asked(frame, lastByte);
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
    intake.advance(nanos, plant.methanePercent(Place.INTAKE), degrees, now);
    fan(now);
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
    boolean supplied = master.closed(now);
    section.power(relays, inputs, supplied, RELAY_LINE.silenceNanos(), now);
    zone.breaker().supply(section.live(), now);
    zone.power(relays, inputs, supplied, RELAY_LINE.silenceNanos(), now);
  }

  /** The STOP output opens the fan's contactor; closing it again takes a hand. */
  private void fan(Tick now) {
    if (fanRelays.energised(STOP_COIL, now)) {
      plant.stopFan();
    }
    boolean runs = plant.fanRunning();
    if (runs != fanRan) {
      fanRan = runs;
      inputs.contact(FAN_INPUT, runs);
      teller.accept(Fact.of(Fact.Kind.FAN, now).with("running", runs));
    }
  }

  private void startFan(Tick now) {
    boolean locked = fanRelays.energised(START_LOCK_COIL, now);
    if (!locked) {
      plant.startFan();
    }
    teller.accept(Fact.of(Fact.Kind.FAN_START, now).with("locked", locked));
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
      case WIRE -> {
        if (!wires.obey(command.target(), now)) {
          refuse(command, now);
        }
      }
      case VANISH, APPEAR -> refuse(command, now);
      case FLOOD -> plant.setInflow(FLOOD);
      case STICK -> head(command, now, MineHead::stick);
      case TESTGAS -> head(command, now, head -> head.testGas(TEST_GAS));
      case LOOSE -> head(command, now, MineHead::loose);
      case INTAKE -> intake(command, now);
      case STOPFAN -> plant.stopFan();
      case STARTFAN -> startFan(now);
      case WELD -> breaker(command, now, Breaker::weld);
      case REPAIR -> breaker(command, now, breaker -> breaker.replace(now));
      case CLOSE -> close(command, now);
      case MASTER -> master.coils(command.target().equals("1"), now);
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
      case "T3" -> intake.unplug(out, now);
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
        intake.unplug(silent, now);
        carbonMonoxideSlave.fault(fault);
        windSlave.fault(fault);
      }
      case RELAYS -> relaySlave.fault(fault);
      case CONTACTS -> {
        inputSlave.fault(fault);
        fanSlave.fault(fault);
      }
      default -> refuse(command, now);
    }
  }

  private void close(MineCommand command, Tick now) {
    switch (command.target()) {
      case Play.ZONE -> zone.close(now);
      case SECTION -> section.close(now);
      default -> refuse(command, now);
    }
  }

  private void head(MineCommand command, Tick now, Consumer<MineHead> what) {
    switch (command.target()) {
      case "T1" -> what.accept(face);
      case "T2" -> what.accept(returnAir);
      case "T3" -> what.accept(intake);
      default -> refuse(command, now);
    }
  }

  private void breaker(MineCommand command, Tick now, Consumer<Breaker> what) {
    switch (command.target()) {
      case Play.ZONE -> what.accept(zone.breaker());
      case SECTION -> what.accept(section.breaker());
      default -> refuse(command, now);
    }
  }

  private void intake(MineCommand command, Tick now) {
    if (command.target().matches("\\d\\.\\d{1,2}")) {
      plant.setIntakeMethane(Double.parseDouble(command.target()));
    } else {
      refuse(command, now);
    }
  }

  private void refuse(MineCommand command, Tick now) {
    teller.accept(Fact.of(Fact.Kind.REFUSED, now).with("command", command.line()));
  }
}
