package davy.controller.config;

/** What drops a zone's output when Davy dies, beside a pulse of its own (S6). */
enum DeadMan {
  /** Nothing does: each output needs a self-dropping pulse. */
  NONE,
  /** The guard's master relay stands in series with every zone. */
  GUARD,
  /** Nothing real is switched. */
  BENCH
}
