package davy.tests.planted;

import davy.tests.proof.Properties;

/** Random walks from fixed seeds, so that a bug is noticed today if it was noticed yesterday. */
final class Walks {

  private static final int SITES = 60;

  private Walks() {}

  static void run() {
    for (int seed = 1; seed <= SITES; seed++) {
      Properties.walk(seed, 4, 12, 1, 400);
    }
  }
}
