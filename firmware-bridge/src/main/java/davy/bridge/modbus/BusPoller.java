package davy.bridge.modbus;

import davy.hal.Agent;
import davy.hal.SerialPort;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.List;

/** Polls the slaves of one line and writes its coils. */
public final class BusPoller implements Agent {

  private final LinePlan plan;

  /**
   * @param published called on the line's thread after an image with a new interlock reading, coil
   *     write or read-back was published; must not block
   */
  public BusPoller(LinePlan plan, SerialPort port, Runnable published) {
    this.plan = plan;
  }

  /** The latest image; any thread. */
  public LineImage image() {
    throw new IllegalStateException();
  }

  /**
   * Hands over the level of every coil in use, in plan order. Called by each scan, any thread. A
   * change is written ahead of every poll; an unchanged level again in every round. A granted pulse
   * is refreshed only while {@code scan} is younger than two scan periods.
   */
  public void drive(List<Permit> coils, Tick scan) {
    throw new IllegalStateException();
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public Tick work(Tick now) {
    throw new IllegalStateException();
  }

  @Override
  public void await(Tick now, Tick until) {
    throw new IllegalStateException();
  }

  @Override
  public void wake() {}

  @Override
  public void close() {}
}
