package davy.controller.link;

import davy.hal.signal.Methane;
import java.util.Optional;

/**
 * What a person may ask for with a PIN, still with the names of the site. What each does stands at
 * {@link davy.controller.interlock.Request}.
 */
public sealed interface Wish {

  /** The word of the request line. */
  String kind();

  /** What it is about. */
  About about();

  /** Takes nothing away from safety: any known person may ask, whatever the role. */
  default boolean tightens() {
    return false;
  }

  /**
   * @param field zone, point or fan, as requests and records name it; empty for the whole site
   */
  record About(String field, String name) {
    static final About SITE = new About("", "");

    static About zone(String name) {
      return new About("zone", name);
    }

    static About point(String name) {
      return new About("point", name);
    }

    static About fan(String name) {
      return new About("fan", name);
    }
  }

  /**
   * @param portable reading of a portable instrument, where OVER_RANGE is to be released (S17)
   * @param repaired the person says that the breaker was repaired (S3)
   */
  record Reset(String zone, Optional<Methane> portable, boolean repaired) implements Wish {
    @Override
    public String kind() {
      return "reset";
    }

    @Override
    public About about() {
      return About.zone(zone);
    }
  }

  record ProofTest(String zone) implements Wish {
    @Override
    public String kind() {
      return "proof-test";
    }

    @Override
    public About about() {
      return About.zone(zone);
    }
  }

  record Calibrate(String point, String reason, int minutes, boolean inhibit) implements Wish {
    @Override
    public String kind() {
      return "calibrate";
    }

    @Override
    public About about() {
      return About.point(point);
    }
  }

  record Inhibit(String point, String reason, int minutes) implements Wish {
    @Override
    public String kind() {
      return "inhibit";
    }

    @Override
    public About about() {
      return About.point(point);
    }
  }

  record EndBypass(String point) implements Wish {
    @Override
    public String kind() {
      return "end-bypass";
    }

    @Override
    public About about() {
      return About.point(point);
    }

    @Override
    public boolean tightens() {
      return true;
    }
  }

  record UnlockFan(String fan, String reason) implements Wish {
    @Override
    public String kind() {
      return "unlock-fan";
    }

    @Override
    public About about() {
      return About.fan(fan);
    }
  }

  /**
   * @param digest of the configuration that the two persons saw and mean
   */
  record AcceptConfiguration(String digest) implements Wish {
    @Override
    public String kind() {
      return "accept-configuration";
    }

    @Override
    public About about() {
      return About.SITE;
    }
  }
}
