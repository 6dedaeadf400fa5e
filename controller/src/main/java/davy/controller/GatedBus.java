package davy.controller;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.modbus.LinePlan;
import davy.controller.scan.FieldBus;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.Collections;
import java.util.List;

/**
 * A line whose gate, once shut, lets no grant through any more. Withholding everything means every
 * zone: the outputs of a local fan stay as the last scan wanted them (S7).
 */
final class GatedBus implements FieldBus {

  private final BusPoller poller;
  private final List<LinePlan.CoilPlan> coils;
  private volatile boolean shut;
  private List<Permit> last;

  GatedBus(LinePlan plan, BusPoller poller) {
    this.poller = poller;
    this.coils = plan.slaves().stream().flatMap(slave -> slave.coils().stream()).toList();
    this.last = Collections.nCopies(coils.size(), Permit.WITHHELD);
  }

  @Override
  public LineImage image() {
    return poller.image();
  }

  @Override
  public synchronized void drive(List<Permit> levels, Tick scan) {
    if (!shut) {
      last = levels;
    }
    poller.drive(shut ? poller.withoutScans(last) : levels, scan);
  }

  synchronized void withhold(Tick now) {
    shut = true;
    drive(last, now);
    poller.wake();
  }

  /** Every coil of a zone was written off. */
  boolean isOff() {
    List<LineImage.CoilImage> images = image().coils();
    for (int coil = 0; coil < coils.size(); coil++) {
      if (!coils.get(coil).keeps() && images.get(coil).written() != Permit.WITHHELD) {
        return false;
      }
    }
    return true;
  }
}
