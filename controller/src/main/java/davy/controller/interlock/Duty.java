package davy.controller.interlock;

/** What the bypass register says of a point. */
enum Duty {
  IN_SERVICE,
  /** 标校: what it reads is test gas; it cuts its zones and says nothing else (S8). */
  CALIBRATING,
  /** Under test gas as well, its zones kept by another head of the place (S16). */
  CALIBRATING_INHIBITED,
  /** 抑制: METHANE_HIGH and sensor causes of it are masked, nothing else (S16). */
  INHIBITED;

  /** Whether its vote is asked for (S13). */
  boolean votes() {
    return this == IN_SERVICE;
  }

  /** Whether it may be under test gas. */
  boolean underTestGas() {
    return this == CALIBRATING || this == CALIBRATING_INHIBITED;
  }
}
