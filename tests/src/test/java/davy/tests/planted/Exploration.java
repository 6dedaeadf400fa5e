package davy.tests.planted;

import davy.tests.proof.Explorer;
import davy.tests.proof.Fields;

/** Every reachable state of the small plans, the smallest first. */
final class Exploration {

  private Exploration() {}

  static void run() {
    for (Explorer.Field field : Fields.all()) {
      Explorer.explore(field).assertSound();
    }
  }
}
