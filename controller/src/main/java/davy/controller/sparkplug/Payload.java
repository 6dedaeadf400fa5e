package davy.controller.sparkplug;

import java.util.List;
import java.util.OptionalInt;

/**
 * Encodes a message of Sparkplug B. The numbers are those of the specification's fields; what we
 * never send (metadata, templates, data sets, floats) is not here.
 */
public final class Payload {

  /** The one command that is obeyed; no alias, so that a host may send it before it knows any. */
  static final Tag REBIRTH =
      new Tag(
          "Node Control/Rebirth", Tag.WITHOUT_ALIAS, Kind.BOOLEAN, "重新上报 send the births anew", "");

  static final Tag BIRTH_NUMBER = new Tag("bdSeq", Tag.WITHOUT_ALIAS, Kind.INT64, "bdSeq", "");

  private static final int PAYLOAD_TIME = 1;
  private static final int PAYLOAD_METRIC = 2;
  private static final int PAYLOAD_SEQ = 3;
  private static final int NAME = 1;
  private static final int ALIAS = 2;
  private static final int TIME = 3;
  private static final int TYPE = 4;
  private static final int HISTORICAL = 5;
  private static final int NULL = 7;
  private static final int PROPERTIES = 9;
  private static final int LONG_VALUE = 11;
  private static final int DOUBLE_VALUE = 13;
  private static final int BOOLEAN_VALUE = 14;
  private static final int STRING_VALUE = 15;
  private static final int KEY = 1;
  private static final int PROPERTY = 2;
  private static final int PROPERTY_TYPE = 1;
  private static final int PROPERTY_INT = 3;
  private static final int PROPERTY_STRING = 8;
  private static final int INT32 = 3;

  private Payload() {}

  /** What a birth and the death that belongs to it have in common. */
  static Metric birthNumber(int number, long time) {
    return new Metric(BIRTH_NUMBER, Told.good(new Value.Whole(number), time), false, false);
  }

  static Metric rebirth(long time) {
    return new Metric(REBIRTH, Told.good(new Value.Flag(false), time), false, false);
  }

  /** The death of the node, also as the broker sends it for us: no seq, and nothing but bdSeq. */
  public static byte[] nodeDeath(int number, long time) {
    return message(time, OptionalInt.empty(), List.of(birthNumber(number, time)), true);
  }

  /** Names, aliases, types, properties and values. */
  static byte[] birth(long time, int seq, List<Metric> metrics) {
    return message(time, OptionalInt.of(seq), metrics, true);
  }

  /** Aliases and values. */
  static byte[] data(long time, int seq, List<Metric> metrics) {
    return message(time, OptionalInt.of(seq), metrics, false);
  }

  static byte[] deviceDeath(long time, int seq) {
    return message(time, OptionalInt.of(seq), List.of(), false);
  }

  private static byte[] message(
      long time, OptionalInt seq, List<Metric> metrics, boolean described) {
    Wire wire = new Wire().number(PAYLOAD_TIME, time);
    metrics.forEach(metric -> wire.part(PAYLOAD_METRIC, metric(metric, described)));
    seq.ifPresent(number -> wire.number(PAYLOAD_SEQ, number));
    return wire.bytes();
  }

  private static Wire metric(Metric metric, boolean described) {
    Tag tag = metric.tag();
    Wire wire = new Wire();
    if (described) {
      wire.text(NAME, tag.name());
    }
    if (tag.alias() != Tag.WITHOUT_ALIAS) {
      wire.number(ALIAS, tag.alias());
    }
    wire.number(TIME, metric.told().time());
    if (described) {
      wire.number(TYPE, tag.kind().code());
    }
    if (metric.historical()) {
      wire.flag(HISTORICAL, true);
    }
    properties(wire, metric, described);
    value(wire, metric.told().value());
    return wire;
  }

  private static void value(Wire wire, Value value) {
    switch (value) {
      case Value.None _ -> wire.flag(NULL, true);
      case Value.Whole whole -> wire.number(LONG_VALUE, whole.amount());
      case Value.Number number -> wire.real(DOUBLE_VALUE, number.amount());
      case Value.Flag flag -> wire.flag(BOOLEAN_VALUE, flag.on());
      case Value.Text text -> wire.text(STRING_VALUE, text.text());
    }
  }

  private static void properties(Wire wire, Metric metric, boolean described) {
    boolean named = described && metric.tag() != BIRTH_NUMBER;
    if (!named && !metric.qualified()) {
      return;
    }
    Wire set = new Wire();
    Wire values = new Wire();
    if (named) {
      text(set, values, "displayName", metric.tag().displayName());
    }
    if (named && !metric.tag().unit().isEmpty()) {
      text(set, values, "engUnit", metric.tag().unit());
    }
    if (metric.qualified()) {
      set.text(KEY, "Quality");
      Wire value = new Wire().number(PROPERTY_TYPE, INT32);
      values.part(PROPERTY, value.number(PROPERTY_INT, metric.told().quality().code()));
    }
    wire.part(PROPERTIES, set.append(values));
  }

  private static void text(Wire set, Wire values, String key, String text) {
    set.text(KEY, key);
    Wire value = new Wire().number(PROPERTY_TYPE, Kind.STRING.code());
    values.part(PROPERTY, value.text(PROPERTY_STRING, text));
  }
}
