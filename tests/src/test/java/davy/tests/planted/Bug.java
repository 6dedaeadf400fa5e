package davy.tests.planted;

/**
 * A mistake somebody could make.
 *
 * @param name what it is, in a few words
 * @param file of the interlock's package
 * @param right what stands there, exactly once
 * @param wrong what the mistake makes of it
 */
record Bug(String name, String file, String right, String wrong) {

  /** The source with the mistake in it. */
  String plantedIn(String source) {
    int at = source.indexOf(right);
    if (at < 0 || source.indexOf(right, at + 1) >= 0) {
      throw new IllegalStateException(
          "'" + name + "' has no place of its own in " + file + " any more: find it a new one");
    }
    return source.substring(0, at) + wrong + source.substring(at + right.length());
  }
}
