package davy.hal.sim;

import davy.hal.Board;
import davy.hal.BoardRules;

final class SimBoardTest extends BoardRules {

  private final SimBoard board = new SimBoard().chip(CHIP, LINES);

  @Override
  protected Board board() {
    return board;
  }

  @Override
  protected SimPin pin(Board.LineName line) {
    return board.pin(line);
  }
}
