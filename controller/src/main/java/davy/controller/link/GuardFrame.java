package davy.controller.link;

import static davy.controller.link.StatusFrame.names;
import static davy.controller.link.StatusFrame.ordered;

import davy.bridge.guard.GuardCause;
import davy.bridge.guard.GuardImage;
import davy.controller.config.Site;
import davy.controller.scan.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The guard of a status frame: its state, why, its supply, and what it counted. */
final class GuardFrame {

  private final Site site;

  GuardFrame(Site site) {
    this.site = site;
  }

  Map<String, Object> fields(Snapshot snapshot) {
    if (!site.plan().fitted().guard()) {
      return ordered("state", "NOT_FITTED");
    }
    Map<String, Object> fields = ordered("state", snapshot.inputs().guard().name());
    snapshot.guard().ifPresent(image -> image(fields, image));
    return fields;
  }

  private static void image(Map<String, Object> fields, GuardImage image) {
    fields.put("trouble", image.trouble());
    fields.put("refusal", image.refusal().name());
    fields.put("latestDrops", names(image.latest()));
    fields.put("dropCounts", counts(image.drops()));
    image.status().ifPresent(status -> status(fields, status));
    image.identity().ifPresent(identity -> identity(fields, identity));
    GuardImage.Link link = image.link();
    fields.put(
        "link",
        ordered(
            "answers", link.answers(),
            "skipped", link.skipped(),
            "badFrames", link.badFrames(),
            "lostFrames", link.lostFrames()));
  }

  /** Only causes that came at all; a code that this program does not know is left out. */
  private static Map<String, Object> counts(List<Integer> drops) {
    Map<String, Object> counts = new LinkedHashMap<>();
    GuardCause[] causes = GuardCause.values();
    for (int code = 0; code < Math.min(drops.size(), causes.length); code++) {
      if (drops.get(code) > 0) {
        counts.put(causes[code].name(), drops.get(code));
      }
    }
    return counts;
  }

  private static void status(Map<String, Object> fields, GuardImage.Status status) {
    fields.put("tripLoopOpen", status.tripLoopOpen());
    fields.put("tripLatched", status.tripLatched());
    fields.put("drops", status.drops());
    fields.put("lastDrop", status.lastDrop().name());
    fields.put("dropMillis", status.dropMillis());
    fields.put("goodAnswers", status.goodAnswers());
    status.supplyMillivolts().ifPresent(supply -> fields.put("supplyMillivolts", supply));
    status.temperatureTenths().ifPresent(tenths -> fields.put("temperatureTenths", tenths));
    fields.put("uptimeMillis", status.uptimeMillis());
    fields.put("accepted", status.accepted());
    fields.put("badFrames", status.badFrames());
    fields.put("lostFrames", status.lostFrames());
    fields.put("duplicates", status.duplicates());
  }

  private static void identity(Map<String, Object> fields, GuardImage.Identity identity) {
    fields.put("protocol", identity.major() + "." + identity.minor());
    fields.put("build", identity.build());
    fields.put("boots", identity.boots());
    fields.put("resetCause", identity.resetCause().name());
    fields.put("taughtDigest", "%016x".formatted(identity.siteDigest()));
  }
}
