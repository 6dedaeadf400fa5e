package davy.controller.interlock;

/** Elapsed times that saturate, so that a state is the same once a limit is reached. */
final class Elapsed {

  private Elapsed() {}

  static long add(long sum, long more, long limit) {
    return more >= limit - sum ? limit : sum + more;
  }
}
