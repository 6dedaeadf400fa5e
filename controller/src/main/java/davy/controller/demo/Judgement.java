package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.Map;

/** What became of one cut that had to come. */
sealed interface Judgement permits Verdict, GuardVerdict, WireVerdict {

  /** Why it did not pass; empty where it did. */
  String complaint();

  /** For the JSON result. */
  Map<String, Object> fields();

  Words words();

  default boolean passed() {
    return complaint().isEmpty();
  }

  /** To tenths of a millisecond. */
  static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }

  static String whole(double millis) {
    return Long.toString(Math.round(millis));
  }
}
