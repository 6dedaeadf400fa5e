package davy.controller.config;

import java.util.List;
import java.util.Optional;

/** A site file whose every section was read without a complaint. */
record Draft(
    SiteHead head,
    Profile profile,
    List<DraftLine> lines,
    List<DraftDevice> devices,
    List<DraftPoint> points,
    List<DraftZone> zones,
    List<DraftFan> fans,
    Optional<DraftContact> consentKey,
    Optional<DraftGuard> guard,
    DraftBypass bypass,
    DraftAnnunciator annunciator,
    Ties ties) {

  static Draft of(
      SiteHead head,
      Profile profile,
      List<DraftLine> lines,
      List<DraftDevice> devices,
      List<DraftPoint> points,
      List<DraftZone> zones,
      List<DraftFan> fans,
      Optional<DraftContact> key,
      Optional<DraftGuard> guard,
      DraftBypass bypass,
      DraftAnnunciator annunciator) {
    Ties ties = new Ties(lines, devices, points, zones, fans, key, annunciator);
    return new Draft(
        head, profile, lines, devices, points, zones, fans, key, guard, bypass, annunciator, ties);
  }
}
