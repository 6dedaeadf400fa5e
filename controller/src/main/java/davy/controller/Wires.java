package davy.controller;

import davy.hal.Board;
import davy.hal.SerialPort;
import java.util.List;
import java.util.Optional;

/**
 * What the process is connected to.
 *
 * @param lines in the site's order
 * @param guard empty where none is fitted
 */
record Wires(List<SerialPort> lines, Optional<SerialPort> guard, Board board) {
  Wires {
    lines = List.copyOf(lines);
  }
}
