package davy.controller.interlock;

import java.util.ArrayList;
import java.util.List;

/** The gas of the headings that a zone's fans ventilate, as degassing looks at it (S23). */
final class HeadingGas {

  private final Shared shared;
  private final List<Plan.Fan> fans = new ArrayList<>(1);

  HeadingGas(Shared shared, int zone) {
    this.shared = shared;
    for (Plan.Fan fan : shared.plan().fans()) {
      if (fan.zones().contains(zone)) {
        fans.add(fan);
      }
    }
  }

  /** How long all gas must be low, nanoseconds. */
  long limit() {
    return fans.stream().mapToLong(fan -> fan.limits().degasNanos()).max().orElse(0);
  }

  /** Some gas is at the level, or a head that was trusted no longer tells. */
  boolean present() {
    return fans.stream().anyMatch(fan -> fan.gas().stream().anyMatch(point -> present(fan, point)));
  }

  private boolean present(Plan.Fan fan, int point) {
    boolean shown =
        switch (shared.inputs().points().get(point)) {
          case PointInput.Good good -> good.value().atLeast(fan.limits().degasAt());
          case PointInput.OverRange _ -> true;
          case PointInput.Faulty _, PointInput.Stale _ -> false;
        };
    return shown || shared.points().get(point).lost();
  }

  /** Every head is trusted and below the level. */
  boolean low() {
    return fans.stream().allMatch(fan -> fan.gas().stream().allMatch(point -> low(fan, point)));
  }

  private boolean low(Plan.Fan fan, int point) {
    return shared.points().get(point).trusted()
        && shared.inputs().points().get(point) instanceof PointInput.Good good
        && good.value().below(fan.limits().degasAt());
  }
}
