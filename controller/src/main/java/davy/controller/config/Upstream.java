package davy.controller.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which zone feeds which: a tree, and not a deep one (S9). */
final class Upstream {

  /** A zone may be fed through two others at most. */
  private static final int DEPTH = 2;

  private Upstream() {}

  static void judge(Named<DraftZone> zones) {
    for (DraftZone zone : zones.all()) {
      Optional<DraftZone> above =
          zone.upstream().flatMap(name -> zones.find(zone.table(), "upstream", name));
      if (above.isEmpty()) {
        continue;
      }
      List<DraftZone> chain = chain(zone, zones);
      if (chain.stream().anyMatch(link -> link.upstream().equals(Optional.of(zone.name())))) {
        zone.table().complain("upstream", "zone %s is fed through itself".formatted(zone.name()));
      } else if (chain.size() - 1 > DEPTH) {
        zone.table()
            .complain(
                "upstream",
                "zone %s is fed through %d zones (%s): at most %d"
                    .formatted(
                        zone.name(),
                        chain.size() - 1,
                        String.join(
                            ", ",
                            chain.subList(1, chain.size()).stream().map(DraftZone::name).toList()),
                        DEPTH));
      }
    }
  }

  /** A zone, the one that feeds it, the one that feeds that, and so on; each once. */
  static List<DraftZone> chain(DraftZone zone, Named<DraftZone> zones) {
    List<DraftZone> chain = new ArrayList<>();
    Optional<DraftZone> next = Optional.of(zone);
    while (next.isPresent() && !chain.contains(next.get())) {
      chain.add(next.get());
      next = next.get().upstream().flatMap(zones::named);
    }
    return chain;
  }
}
