package davy.controller.scan;

import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import java.util.Optional;

/** The guard as the scan sees it: an image to sample, a report of each whole scan to hand over. */
public interface GuardEnd {

  /** A site without a guard. */
  GuardEnd NONE =
      new GuardEnd() {
        @Override
        public Optional<GuardImage> image() {
          return Optional.empty();
        }

        @Override
        public void report(ScanReport report) {}
      };

  /** Empty where none is fitted. */
  Optional<GuardImage> image();

  /** Never blocks. */
  void report(ScanReport report);
}
