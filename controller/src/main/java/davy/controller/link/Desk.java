package davy.controller.link;

import davy.hal.signal.Tick;

/** Judges the requests of one socket. Called by that socket's thread alone. */
interface Desk {

  /** Takes one request line; {@code caller} is answered once, now or in a later {@link #tend}. */
  void take(Caller caller, String line, Tick now);

  /** A line longer than the limit came; the connection ends after the answer. */
  String tooLong(Tick now);

  /** Answers what has become ready or has waited too long. True while something waits. */
  boolean tend(Tick now);

  /** A connection that waits for its answer. */
  interface Caller {
    void answer(String line);
  }
}
