package davy.hal.signal;

/** Why a head that answers is not to be believed. Silence is not here: silence is age. */
public enum SensorFault {
  WARM_UP,
  /** The head reports calibration or zeroing that nobody announced (S16). */
  TEST_MODE,
  BROKEN_LINE,
  DEVICE_FAULT,
  NEGATIVE_DRIFT,
  /** Unit, gas or type registers are not what the device map says (S24). */
  WRONG_IDENTITY,
  /** A liveness register did not change within its limit (S24). */
  FROZEN,
  DUPLICATE_ADDRESS,
  /** Bytes that make no value: a status code outside the map, a value outside its type. */
  UNREADABLE
}
