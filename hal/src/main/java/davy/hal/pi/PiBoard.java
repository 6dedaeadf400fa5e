package davy.hal.pi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import davy.hal.Board;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine's own GPIO pins; see the package for how. Each chip that is used gets a Pi4J context
 * of its own, because Pi4J knows a line by its offset alone.
 */
public final class PiBoard implements Board {

  private final GpioKernel kernel;
  private final Map<String, Chip> chips = new LinkedHashMap<>();
  private final List<GpioLine> claimed = new ArrayList<>();
  private boolean closed;

  /** The board of this machine; nothing is opened before the first claim. */
  public PiBoard() {
    this(new GpioKernel.Linux());
  }

  PiBoard(GpioKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public synchronized OutputLine output(LineName line, Active active) throws IOException {
    Chip chip = chip(line);
    DigitalState on = levelOf(active, true);
    var config =
        DigitalOutput.newConfigBuilder(chip.context)
            .disallowInheritProperties()
            .id(line.toString())
            .address(line.offset())
            .onState(on)
            .build();
    try {
      GpioOutput output = chip.outputs.create(config);
      claimed.add(output.line());
      return new Output(output, active);
    } catch (Pi4JException failed) {
      throw reason(failed);
    }
  }

  @Override
  public synchronized InputLine input(LineName line, Active active, Pull pull) throws IOException {
    Chip chip = chip(line);
    var config =
        DigitalInput.newConfigBuilder(chip.context)
            .disallowInheritProperties()
            .id(line.toString())
            .address(line.offset())
            .onState(levelOf(active, true))
            .pull(
                switch (pull) {
                  case NONE -> PullResistance.OFF;
                  case UP -> PullResistance.PULL_UP;
                  case DOWN -> PullResistance.PULL_DOWN;
                })
            .build();
    try {
      GpioInput input = chip.inputs.create(config);
      claimed.add(input.line());
      return () -> input.line().high() == (active == Active.HIGH);
    } catch (Pi4JException failed) {
      throw reason(failed);
    }
  }

  private Chip chip(LineName line) throws IOException {
    if (closed) {
      throw new IOException(line + ": the board is closed");
    }
    Chip known = chips.get(line.chip());
    if (known != null) {
      return known;
    }
    try {
      Chip chip = Chip.of(GpioChip.find(kernel, line.chip()));
      chips.put(line.chip(), chip);
      return chip;
    } catch (IOException failed) {
      throw new IOException(line + ": " + failed.getMessage(), failed);
    }
  }

  /** Lines first and by ourselves, so that nothing in Pi4J can keep a relay energised. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      claimed.forEach(GpioLine::close);
      chips.values().forEach(chip -> chip.context.shutdown());
    }
  }

  private static DigitalState levelOf(Active active, boolean energised) {
    return DigitalState.getState(energised == (active == Active.HIGH));
  }

  private static IOException reason(Pi4JException failed) {
    return failed.getCause() instanceof IOException ours ? ours : new IOException(failed);
  }

  private record Chip(Context context, GpioOutput.Provider outputs, GpioInput.Provider inputs) {

    /** Nothing is detected, and no hook of Pi4J's runs beside our own end. */
    static Chip of(GpioChip chip) {
      GpioOutput.Provider outputs = new GpioOutput.Provider(chip);
      GpioInput.Provider inputs = new GpioInput.Provider(chip);
      Context context =
          Pi4J.newContextBuilder()
              .noAutoDetect()
              .disableShutdownHook()
              .add(outputs, inputs)
              .build();
      return new Chip(context, outputs, inputs);
    }
  }

  private record Output(GpioOutput pin, Active active) implements OutputLine {

    @Override
    public void drive(boolean energised) throws IOException {
      try {
        pin.state(levelOf(active, energised));
      } catch (Pi4JException failed) {
        throw reason(failed);
      }
    }

    @Override
    public boolean senses() throws IOException {
      return pin.line().high() == (active == Active.HIGH);
    }
  }
}
