package davy.tests.planted;

import java.util.Optional;

/**
 * A method that guards the interlock: a class with a static {@code void run()} that throws at its
 * first complaint. It is loaded beside the planted bug, so it must reach the interlock by ordinary
 * references. Another method is one more line here.
 */
enum Method {
  SCENARIOS("davy.tests.planted.Scenarios"),
  WALKS("davy.tests.planted.Walks"),
  EXPLORATION("davy.tests.planted.Exploration");

  private final String type;

  Method(String type) {
    this.type = type;
  }

  /** The complaint about the bug, empty where it was not noticed. */
  Optional<String> complaint(Greenhouse house) throws ReflectiveOperationException {
    var run = Class.forName(type, true, house).getDeclaredMethod("run");
    run.setAccessible(true);
    try {
      run.invoke(null);
      return Optional.empty();
    } catch (java.lang.reflect.InvocationTargetException e) {
      String text = String.valueOf(e.getCause());
      return Optional.of(text.lines().findFirst().orElse(text));
    }
  }
}
