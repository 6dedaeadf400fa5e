package davy.controller.sparkplug;

/**
 * Types of our metrics, with the specification's codes. No UInt32 and UInt64: implementations
 * disagree on how these are encoded.
 */
enum Kind {
  INT64(4),
  DOUBLE(10),
  BOOLEAN(11),
  STRING(12);

  private final int code;

  Kind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
