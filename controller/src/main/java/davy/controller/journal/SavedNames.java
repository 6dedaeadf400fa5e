package davy.controller.journal;

import java.util.List;

/**
 * By what names the file of latches keeps the things of this configuration, in plan order, and how
 * it is told from another configuration (S18).
 *
 * @param site of the site
 * @param digest of the whole configuration
 * @param text of the site file, kept once it is accepted, so that a later difference can be shown
 * @param points methane points of the plan
 */
public record SavedNames(
    String site,
    String digest,
    String text,
    List<Zone> zones,
    List<String> fans,
    List<String> points) {

  public SavedNames {
    zones = List.copyOf(zones);
    fans = List.copyOf(fans);
    points = List.copyOf(points);
  }

  /**
   * @param definition says how its output, feed, supply and points are wired: a zone whose
   *     definition changed is due for a proof test
   */
  public record Zone(String name, String definition) {}
}
