package davy.controller.interlock;

/**
 * What every part of a step shares.
 *
 * @param guardArmed the guard is armed, or none is fitted
 * @param holdOver the hold after power-on, or after the guard armed, has run in full
 * @param press the consent key was pressed in this step
 * @param keyAlone it was held long enough to reset without a station, and there is none
 */
record Moment(
    long elapsedNanos, boolean guardArmed, boolean holdOver, boolean press, boolean keyAlone) {}
