package davy.tests.planted;

import java.util.Optional;

/** A method that guards the interlock: it complains about a bad one and about no good one. */
enum Method {
  /** Text tables. */
  SCENARIOS {
    @Override
    Optional<String> complaint(Greenhouse house) throws Exception {
      return inside(house, "davy.tests.planted.Scenarios");
    }
  },
  /** Random walks through sites made by chance, every rule and property held in every step. */
  WALKS {
    @Override
    Optional<String> complaint(Greenhouse house) throws Exception {
      return inside(house, "davy.tests.planted.Walks");
    }
  },
  /** Every reachable state of the small plans. */
  EXPLORATION {
    @Override
    Optional<String> complaint(Greenhouse house) throws Exception {
      return inside(house, "davy.tests.planted.Exploration");
    }
  },
  /** The whole process in simulated time. */
  STORM {
    @Override
    Optional<String> complaint(Greenhouse house) throws Exception {
      return Weather.complaint(house);
    }
  };

  /** The first complaint about the bug, empty where it was not noticed. */
  abstract Optional<String> complaint(Greenhouse house) throws Exception;

  /**
   * @param type with a static {@code void run()}: loaded beside the planted bug, so it must reach
   *     the interlock by ordinary references
   */
  private static Optional<String> inside(Greenhouse house, String type)
      throws ReflectiveOperationException {
    var run = Class.forName(type, true, house).getDeclaredMethod("run");
    run.setAccessible(true);
    try {
      run.invoke(null);
      return Optional.empty();
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError unlinked) {
        throw unlinked; // The house itself is broken: that is no complaint about the bug.
      }
      String text = String.valueOf(e.getCause());
      return Optional.of(text.lines().findFirst().orElse(text));
    }
  }
}
