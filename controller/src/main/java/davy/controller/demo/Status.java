package davy.controller.demo;

import davy.hal.signal.Tick;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A status frame of the interlock ({@code deploy/docs/seam.md}), read leniently: an absent field is
 * an empty text, a false or nothing.
 */
record Status(Map<String, Object> frame) {

  /**
   * @param first cause that closed the lock, empty while it is open
   * @param point that brought it, empty where none did
   */
  record Zone(
      String name,
      String permit,
      String lock,
      String first,
      String point,
      List<String> wanting,
      boolean waitsForKey) {

    boolean granted() {
      return permit.equals("GRANTED");
    }
  }

  /** One trip with its ticks; an absent tick has not come (yet). */
  record Trip(
      String zone,
      String cause,
      String point,
      Optional<Tick> reading,
      Optional<Tick> commanded,
      Optional<Tick> written) {}

  List<Zone> zones() {
    return objects(frame, "zones").stream().map(Status::zone).toList();
  }

  Optional<Zone> zone(String name) {
    return zones().stream().filter(zone -> zone.name().equals(name)).findFirst();
  }

  boolean granted(String zone) {
    return zone(zone).filter(Zone::granted).isPresent();
  }

  /** ARMED, DROPPED, LOST; empty where the frame has none. */
  String guardState() {
    return text(object(frame.get("guard")), "state");
  }

  /** Why the guard does not arm; NONE, or empty, where nothing keeps it. */
  String guardRefusal() {
    return text(object(frame.get("guard")), "refusal");
  }

  /** Cause of the guard's latest drop. */
  String guardLatestDrop() {
    return text(object(frame.get("guard")), "lastDrop");
  }

  /** From the last good answer to that drop, by the guard's clock. */
  long guardDropMillis() {
    return object(frame.get("guard")).get("dropMillis") instanceof Long millis ? millis : 0;
  }

  /** Whether two persons have still to accept the configuration. */
  boolean wantsAcceptance() {
    return Boolean.FALSE.equals(object(frame.get("configuration")).get("accepted"));
  }

  /** A request of whatever kind waits for the consent key. */
  boolean wantsKey() {
    return frame.containsKey("keyWantedBy");
  }

  /** When it was made, by the interlock's monotonic clock. */
  long tick() {
    return frame.get("tick") instanceof Long nanos ? nanos : 0;
  }

  /** For a request that loosens. */
  String nonce() {
    return text(frame, "nonce");
  }

  /** For a trip of the county. */
  String countyNonce() {
    return text(frame, "countyNonce");
  }

  String journalEpoch() {
    return text(object(frame.get("journal")), "epoch");
  }

  /** The last record that is surely on disk. */
  long journalSeq() {
    return object(frame.get("journal")).get("durableSeq") instanceof Long seq ? seq : 0;
  }

  /** What {@code accept-configuration} wants to hear beside persons and PINs. */
  Map<String, String> acceptance() {
    return Map.of(
        "digest",
        text(object(frame.get("configuration")), "digest"),
        "nonce",
        text(frame, "nonce"));
  }

  /** Newest first. */
  List<Trip> trips() {
    return objects(frame, "trips").stream().map(Status::trip).toList();
  }

  /** A point's state, {@code never} where the frame has none. */
  String pointState(String point) {
    return objects(frame, "points").stream()
        .filter(fields -> text(fields, "name").equals(point))
        .map(fields -> text(fields, "state"))
        .findFirst()
        .orElse("never");
  }

  /** The life of an open alarm, empty while it is not open. */
  String alarmLife(String alarm) {
    return objects(object(frame.get("alarms")), "open").stream()
        .filter(fields -> text(fields, "name").equals(alarm))
        .map(fields -> text(fields, "life"))
        .findFirst()
        .orElse("");
  }

  /** A point's value as people read it, empty where the frame has none. */
  String pointValue(String point) {
    return objects(frame, "points").stream()
        .filter(fields -> text(fields, "name").equals(point))
        .map(fields -> text(fields, "value"))
        .findFirst()
        .orElse("");
  }

  private static Zone zone(Map<String, Object> fields) {
    Map<String, Object> first = object(fields.get("first"));
    return new Zone(
        text(fields, "name"),
        text(fields, "permit"),
        text(fields, "lock"),
        text(first, "cause"),
        text(first, "point"),
        texts(fields.get("wanting")),
        Boolean.TRUE.equals(fields.get("waitsForKey")));
  }

  private static Trip trip(Map<String, Object> fields) {
    return new Trip(
        text(fields, "zone"),
        text(fields, "cause"),
        text(fields, "point"),
        tick(fields, "readingTick"),
        tick(fields, "commandedTick"),
        tick(fields, "writtenTick"));
  }

  private static Optional<Tick> tick(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Long nanos ? Optional.of(new Tick(nanos)) : Optional.empty();
  }

  private static String text(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> items
        ? items.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static List<Map<String, Object>> objects(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof List<?> items
        ? items.stream().map(Status::object).toList()
        : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return value instanceof Map<?, ?> fields ? (Map<String, Object>) fields : Map.of();
  }
}
