package davy.hal.sim;

import davy.hal.Board;
import davy.hal.BoardRules;

final class SimBoardTest extends BoardRules {

  private final SimBoard board = new SimBoard().chip(SIMULATED.chip(), SIMULATED.lines());

  @Override
  protected Bench bench() {
    return SIMULATED;
  }

  @Override
  protected Board board() {
    return board;
  }

  @Override
  protected Pin pin(Board.LineName line) {
    return under(board.pin(line));
  }
}
