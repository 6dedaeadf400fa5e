package davy.tests.proof;

/** Arithmetic of the watch's notes. */
final class Notes {

  private Notes() {}

  /** A time that stops at its limit, so that the watch has finitely many states. */
  static long add(long sum, long more, long limit) {
    return Math.min(limit, sum + Math.min(more, limit));
  }
}
