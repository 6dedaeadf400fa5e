package davy.hal.sim;

import java.util.Arrays;

/** Air on its way through a duct or a roadway: what goes in at one end comes out later. */
final class Airway {

  private static final int CELLS = 30;

  private final double cellCubicMetres;
  private final double[] methane = new double[CELLS];
  private final double[] carbonMonoxide = new double[CELLS];

  Airway(double cubicMetres, double methanePercent, double carbonMonoxidePpm) {
    cellCubicMetres = cubicMetres / CELLS;
    Arrays.fill(methane, methanePercent);
    Arrays.fill(carbonMonoxide, carbonMonoxidePpm);
  }

  /** Pushes air in at the near end; turbulence mixes it a little on the way. */
  void push(double cubicMetres, double methanePercent, double carbonMonoxidePpm) {
    double share = Math.min(1, cubicMetres / cellCubicMetres);
    for (int cell = CELLS - 1; cell > 0; cell--) {
      methane[cell] += share * (methane[cell - 1] - methane[cell]);
      carbonMonoxide[cell] += share * (carbonMonoxide[cell - 1] - carbonMonoxide[cell]);
    }
    methane[0] += share * (methanePercent - methane[0]);
    carbonMonoxide[0] += share * (carbonMonoxidePpm - carbonMonoxide[0]);
  }

  double methaneAtEnd() {
    return methane[CELLS - 1];
  }

  double carbonMonoxideAtEnd() {
    return carbonMonoxide[CELLS - 1];
  }
}
