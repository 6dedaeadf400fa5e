package davy.hal.pi;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;

/** An input as Pi4J keeps it: a level that is read whenever it is asked for. */
final class GpioInput extends DigitalInputBase {

  private final GpioLine line;

  private GpioInput(DigitalInputProvider provider, DigitalInputConfig config, GpioLine line) {
    super(provider, config);
    this.line = line;
  }

  GpioLine line() {
    return line;
  }

  @Override
  public DigitalState state() {
    try {
      return DigitalState.getState(line.high());
    } catch (IOException failed) {
      throw new com.pi4j.io.exception.IOException(failed);
    }
  }

  @Override
  public DigitalInput shutdown(Context context) {
    line.close();
    return super.shutdown(context);
  }

  /** Claims inputs of one chip. */
  static final class Provider extends DigitalInputProviderBase {

    private final GpioChip chip;

    Provider(GpioChip chip) {
      super("davy-digital-input", "Davy inputs on the GPIO character device");
      this.chip = chip;
    }

    @Override
    public GpioInput create(DigitalInputConfig config) {
      long pull =
          switch (config.pull()) {
            case OFF -> GpioUapi.FLAG_NO_PULL;
            case PULL_UP -> GpioUapi.FLAG_PULL_UP;
            case PULL_DOWN -> GpioUapi.FLAG_PULL_DOWN;
          };
      try {
        GpioLine line = chip.input(config.address(), pull);
        GpioInput input = new GpioInput(this, config, line);
        return line.kept(() -> context.registry().add(input), input);
      } catch (IOException failed) {
        throw new com.pi4j.io.exception.IOException(failed);
      }
    }
  }
}
