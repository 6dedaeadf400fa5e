package davy.controller.event;

/** How loud an event is. */
public enum Severity {
  DATA,
  INFO,
  WARNING,
  TRIP
}
