package davy.tests.storm;

import davy.hal.signal.Tick;
import java.util.Optional;

/** How sure an onlooker may be that the program hears what is said. */
interface Faults {

  /** When what a head says now is whole at the program; empty where it is spoilt on its way. */
  Optional<Tick> arrival(String slave, Tick now);

  /** Nothing was wrong with lines and program for a while: they have certainly heard. */
  boolean quiet(Tick now);

  /** Nothing was wrong for a while with the line of the outputs. */
  boolean outputQuiet(Tick now);

  /** The contacts of a breaker are welded: what feeds it must be cut instead. */
  boolean welded();
}
