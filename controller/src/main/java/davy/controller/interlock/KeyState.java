package davy.controller.interlock;

import davy.controller.interlock.Inputs.Key;

/**
 * The consent key. A press is released-then-pressed; pressed at start or held too long it is stuck
 * and releases nothing (S4).
 */
sealed interface KeyState {

  /** Not yet read, or lost: must be seen released before a press counts. */
  record Unseen() implements KeyState {}

  record Released() implements KeyState {}

  record Pressed(long heldNanos) implements KeyState {}

  record Stuck() implements KeyState {}

  KeyState START = new Unseen();

  default KeyState next(Key key, Plan.Times times, long elapsedNanos) {
    return switch (key) {
      case UNKNOWN -> START;
      case RELEASED -> this instanceof Released ? this : new Released();
      case PRESSED ->
          switch (this) {
            case Unseen _ -> new Stuck();
            case Released _ -> new Pressed(0);
            case Pressed pressed -> held(pressed, times, elapsedNanos);
            case Stuck stuck -> stuck;
          };
    };
  }

  private static KeyState held(Pressed pressed, Plan.Times times, long elapsedNanos) {
    long held = Elapsed.add(pressed.heldNanos, elapsedNanos, times.keyStuckNanos());
    return held >= times.keyStuckNanos() ? new Stuck() : new Pressed(held);
  }

  /** The moment of a press: a request that waits for consent gets it. */
  static boolean press(KeyState before, KeyState after) {
    return before instanceof Released && after instanceof Pressed;
  }

  /**
   * Let go after being held long enough and before it counts as stuck: a reset by the key alone.
   */
  static boolean heldAlone(KeyState before, KeyState after, Plan.Times times) {
    return before instanceof Pressed pressed
        && pressed.heldNanos >= times.keyAloneNanos()
        && after instanceof Released;
  }
}
