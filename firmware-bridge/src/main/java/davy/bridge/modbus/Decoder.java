package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Condition;
import davy.bridge.modbus.DeviceMap.Liveness;
import davy.bridge.modbus.DeviceMap.Meaning;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Status;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the registers of one slave into readings, as its device map says. One for each slave, for
 * it remembers since when each liveness field stands still (S24); one thread.
 *
 * <p>A channel is judged in this order, and the first thing wrong is its reading: the identity of
 * the device, the channel's own conditions, its status fields, its liveness, its number, its unit,
 * its measuring range.
 */
public final class Decoder {

  private final LinePlan.SlavePlan slave;
  private final List<Channel> channels;
  private final Standstill[] standstills;

  /** Since when a liveness field holds its value; time in which the slave was silent counts. */
  private record Standstill(int code, Tick since) {}

  public Decoder(LinePlan.SlavePlan slave) {
    this.slave = slave;
    this.channels = slave.map().channels();
    this.standstills = new Standstill[channels.size()];
  }

  /**
   * The readings of one complete poll, one for each channel, in map order.
   *
   * @param arrival tick of the last byte of the poll
   */
  public List<Reading> decode(RegisterImage raw, Tick arrival) {
    boolean itself = allHold(slave.map().identity(), raw);
    List<Reading> readings = new ArrayList<>(channels.size());
    for (int i = 0; i < channels.size(); i++) {
      Channel channel = channels.get(i);
      boolean frozen = frozen(i, channel.liveness(), raw, arrival);
      boolean right = itself && allHold(channel.conditions(), raw);
      readings.add(
          right
              ? judge(channel, frozen, raw, arrival)
              : new Reading.Faulty(SensorFault.WRONG_IDENTITY, arrival));
    }
    return List.copyOf(readings);
  }

  private Reading judge(Channel channel, boolean frozen, RegisterImage raw, Tick arrival) {
    Meaning meaning = meaning(channel, raw);
    if (meaning == Meaning.OVER_RANGE) {
      return new Reading.OverRange(arrival);
    }
    Optional<SensorFault> fault = meaning.fault();
    if (fault.isPresent()) {
      return new Reading.Faulty(fault.get(), arrival);
    }
    return frozen
        ? new Reading.Faulty(SensorFault.FROZEN, arrival)
        : measured(channel, raw, arrival);
  }

  private static Meaning meaning(Channel channel, RegisterImage raw) {
    for (Status status : channel.status()) {
      Meaning meaning =
          status.codes().getOrDefault(RawField.code(status.field(), raw), status.otherwise());
      if (meaning != Meaning.GOOD) {
        return meaning;
      }
    }
    return Meaning.GOOD;
  }

  private Reading measured(Channel channel, RegisterImage raw, Tick arrival) {
    Optional<BigDecimal> number = RawField.number(channel.value(), raw);
    if (number.isEmpty()) {
      return new Reading.Faulty(SensorFault.UNREADABLE, arrival);
    }
    Optional<Scale.Fixed> scale = Conversion.scale(channel.scale(), raw);
    if (scale.isPresent()) {
      Quantity quantity = channel.quantity();
      Optional<BigDecimal> amount =
          Conversion.amount(number.get(), scale.get(), quantity, slave.lelHundredths());
      if (amount.isPresent()) {
        return inRange(channel, amount.get(), arrival);
      }
    }
    return new Reading.Faulty(SensorFault.WRONG_IDENTITY, arrival);
  }

  private static Reading inRange(Channel channel, BigDecimal amount, Tick arrival) {
    if (amount.compareTo(BigDecimal.valueOf(channel.maximum())) > 0) {
      return new Reading.OverRange(arrival);
    }
    if (amount.compareTo(BigDecimal.valueOf(channel.minimum())) < 0) {
      return new Reading.Faulty(below(channel, amount), arrival);
    }
    return new Reading.Good(amount.intValueExact(), arrival);
  }

  /** A methane head far below zero has drifted; any other value below its range is none. */
  private static SensorFault below(Channel channel, BigDecimal amount) {
    return channel.quantity() == Quantity.METHANE && amount.signum() < 0
        ? SensorFault.NEGATIVE_DRIFT
        : SensorFault.UNREADABLE;
  }

  private boolean frozen(int index, Optional<Liveness> liveness, RegisterImage raw, Tick arrival) {
    if (liveness.isEmpty()) {
      return false;
    }
    int code = RawField.code(liveness.get().field(), raw);
    Standstill known = standstills[index];
    if (known == null || known.code() != code) {
      standstills[index] = new Standstill(code, arrival);
      return false;
    }
    return arrival.nanosSince(known.since()) > liveness.get().limitMillis() * 1_000_000L;
  }

  private static boolean allHold(List<Condition> conditions, RegisterImage raw) {
    for (Condition condition : conditions) {
      if (!condition.allowed().contains(RawField.code(condition.field(), raw))) {
        return false;
      }
    }
    return true;
  }
}
