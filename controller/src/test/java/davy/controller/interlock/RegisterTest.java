package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisterTest {

  private static final Plan.InhibitLimits LIMITS = new Plan.InhibitLimits(40, 60, 30, 480);

  private static List<Saved.Inhibited> saved(Bypass.Kind kind, long usedNanos) {
    Bypass bypass = new Bypass(kind, 0, "li", Optional.empty(), "change", 20);
    InhibitTime time = InhibitTime.start(LIMITS, usedNanos);
    return new Register(List.of(bypass), List.of(time, InhibitTime.start(LIMITS, 0))).inhibited();
  }

  @Test
  void whatKeepsZonesCountsInFullAndACalibrationThatCutsThemDoesNot() {
    assertEquals(List.of(new Saved.Inhibited(0, 20)), saved(Bypass.Kind.INHIBIT, 0));
    assertEquals(List.of(new Saved.Inhibited(0, 35)), saved(Bypass.Kind.CALIBRATION_INHIBIT, 15));
    assertEquals(List.of(new Saved.Inhibited(0, 15)), saved(Bypass.Kind.CALIBRATION, 15));
    assertEquals(List.of(), saved(Bypass.Kind.CALIBRATION, 0), "nothing was used");
  }
}
