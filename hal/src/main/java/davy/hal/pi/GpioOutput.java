package davy.hal.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;

/** An output as Pi4J keeps it: states are levels of the pin, written whenever they are given. */
final class GpioOutput extends DigitalOutputBase {

  private final GpioLine line;

  private GpioOutput(DigitalOutputProvider provider, DigitalOutputConfig config, GpioLine line) {
    super(provider, config);
    this.line = line;
  }

  GpioLine line() {
    return line;
  }

  @Override
  public DigitalOutput state(DigitalState level) {
    try {
      line.set(level == DigitalState.HIGH);
    } catch (IOException failed) {
      throw new com.pi4j.io.exception.IOException(failed);
    }
    return super.state(level);
  }

  @Override
  public DigitalOutput shutdown(Context context) {
    line.close();
    return super.shutdown(context);
  }

  /** Claims outputs of one chip at the level that is not their on-state. */
  static final class Provider extends DigitalOutputProviderBase {

    private final GpioChip chip;

    Provider(GpioChip chip) {
      super("davy-digital-output", "Davy outputs on the GPIO character device");
      this.chip = chip;
    }

    @Override
    public GpioOutput create(DigitalOutputConfig config) {
      try {
        boolean restHigh = config.onState() == DigitalState.LOW;
        GpioLine line = chip.output(config.address(), restHigh);
        GpioOutput output = new GpioOutput(this, config, line);
        return line.kept(() -> context.registry().add(output), output);
      } catch (IOException failed) {
        throw new com.pi4j.io.exception.IOException(failed);
      }
    }
  }
}
