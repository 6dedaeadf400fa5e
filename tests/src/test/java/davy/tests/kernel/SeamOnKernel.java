package davy.tests.kernel;

import davy.hal.Board;
import davy.hal.BoardRules;
import davy.hal.pi.PiBoard;
import davy.hal.sim.SimPin.Level;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The seam's rules for {@link PiBoard} on the kernel of the machine that this runs on. Run by
 * {@link Guest} alone; the far side of each pin is asked for over the console.
 */
final class SeamOnKernel extends BoardRules {

  private final Console console = Guest.CONSOLE;

  @Override
  protected Bench bench() {
    return new Bench(
        Guest.setting("CHIP"),
        Integer.parseInt(Guest.setting("LINES")),
        false,
        Guest.setting("RELEASES").equals("true"));
  }

  @Override
  protected Board board() {
    console.ask("power-up");
    return new PiBoard();
  }

  @Override
  protected Pin pin(Board.LineName line) {
    return new FarPin(console, line.offset());
  }

  private record FarPin(Console console, int line) implements Pin {

    @Override
    public boolean high() {
      return console.ask("high " + line).equals("true");
    }

    @Override
    public void resistor(Level level) {
      console.ask("resistor " + line + " " + level);
    }

    @Override
    public void hold(Level level) {
      console.ask("hold " + line + " " + level);
    }

    @Override
    public void output(Level level) {
      console.ask("register " + line + " " + level);
    }

    @Override
    public Supplier<List<Boolean>> watch() {
      console.ask("watch " + line);
      return this::levels;
    }

    private List<Boolean> levels() {
      String levels = console.ask("levels " + line);
      return levels.equals("none")
          ? List.of()
          : Arrays.stream(levels.split(" ")).map(Boolean::valueOf).toList();
    }
  }
}
