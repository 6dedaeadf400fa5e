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
    Ties ties) {}
