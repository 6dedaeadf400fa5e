package davy.tests.planted;

import davy.tests.proof.Properties;

/** Random walks from fixed seeds, so that a bug is noticed today if it was noticed yesterday. */
final class Walks {

  private static final int SITES = 20;

  private Walks() {}

  static void run() {
    for (int seed = 1; seed <= SITES; seed++) {
      Properties.walk(seed, 6, 24, 2, 1_500);
    }
  }
}
