package davy.hal.sim;

import davy.hal.Board;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import davy.hal.sim.SimPin.Level;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A board whose pins the simulated world can see and hold. */
public final class SimBoard implements Board {

  private final Map<String, List<SimPin>> chips = new LinkedHashMap<>();
  private final Map<LineName, Claimed> claimed = new HashMap<>();
  private boolean closed;

  /** Adds a chip with {@code lines} pins, all floating. */
  public SimBoard chip(String label, int lines) {
    chips.put(label, IntStream.range(0, lines).mapToObj(_ -> new SimPin()).toList());
    return this;
  }

  /** The far side of a line; of a missing one it is a defect of the caller. */
  public SimPin pin(LineName line) {
    return chips.get(line.chip()).get(line.offset());
  }

  @Override
  public OutputLine output(LineName line, Active active) throws IOException {
    Output output = new Output(line, claimable(line), active);
    output.show(false);
    claimed.put(line, output);
    return output;
  }

  @Override
  public InputLine input(LineName line, Active active, Pull pull) throws IOException {
    Input input = new Input(line, claimable(line), active);
    input.pin.pull(
        switch (pull) {
          case NONE -> Level.FLOATING;
          case UP -> Level.HIGH;
          case DOWN -> Level.LOW;
        });
    claimed.put(line, input);
    return input;
  }

  private SimPin claimable(LineName line) throws IOException {
    if (closed) {
      throw new IOException(line + ": the board is closed");
    }
    if (!chips.containsKey(line.chip())) {
      throw new IOException(line + ": no such chip; there are " + chips.keySet());
    }
    int lines = chips.get(line.chip()).size();
    if (line.offset() < 0 || line.offset() >= lines) {
      throw new IOException(line + ": the chip has lines 0 to " + (lines - 1));
    }
    if (claimed.containsKey(line)) {
      throw new IOException(line + " is in use by davy");
    }
    return pin(line);
  }

  @Override
  public void close() {
    closed = true;
    claimed.values().forEach(Claimed::release);
  }

  /** What the two directions share. */
  private abstract sealed class Claimed {

    final LineName name;
    final SimPin pin;
    private final Active active;

    Claimed(LineName name, SimPin pin, Active active) {
      this.name = name;
      this.pin = pin;
      this.active = active;
    }

    boolean atActiveLevel() throws IOException {
      checkOpen();
      return pin.high() == (active == Active.HIGH);
    }

    Level level(boolean energised) {
      return energised == (active == Active.HIGH) ? Level.HIGH : Level.LOW;
    }

    void checkOpen() throws IOException {
      if (closed) {
        throw new IOException(name + " is closed");
      }
    }

    abstract void release();
  }

  private final class Output extends Claimed implements OutputLine {

    Output(LineName name, SimPin pin, Active active) {
      super(name, pin, active);
    }

    void show(boolean energised) {
      pin.output(level(energised));
    }

    @Override
    public void drive(boolean energised) throws IOException {
      checkOpen();
      show(energised);
    }

    @Override
    public boolean senses() throws IOException {
      return atActiveLevel();
    }

    @Override
    void release() {
      show(false);
      pin.output(Level.FLOATING);
    }
  }

  private final class Input extends Claimed implements InputLine {

    Input(LineName name, SimPin pin, Active active) {
      super(name, pin, active);
    }

    @Override
    public boolean closed() throws IOException {
      return atActiveLevel();
    }

    @Override
    void release() {
      pin.pull(Level.FLOATING);
    }
  }
}
