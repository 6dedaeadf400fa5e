package davy.controller.sparkplug;

/** What a metric says, or that there is nothing to say. */
sealed interface Value {

  /** Nothing is known: {@code is_null}, and never an old value in its place. */
  Value NONE = new None();

  record Flag(boolean on) implements Value {}

  record Whole(long amount) implements Value {}

  record Number(double amount) implements Value {}

  record Text(String text) implements Value {}

  record None() implements Value {}
}
