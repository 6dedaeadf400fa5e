package davy.controller.interlock;

/** The second stage of series ventilation: intake gas stops the fan (item c'). */
sealed interface FanStop {

  record None() implements FanStop {}

  /**
   * Gas asks for it, the zones are not seen dead yet: power goes before the fan (先停电后停风).
   *
   * @param point the head that asks
   */
  record Wanted(int point) implements FanStop {}

  /**
   * @param point the head that asked
   */
  record Commanded(int point) implements FanStop {}

  FanStop NONE = new None();
}
