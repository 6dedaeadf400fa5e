package davy.controller.demo;

import java.util.List;

/**
 * What the locks and the power of the heading do after an incident; complains where that is wrong.
 *
 * @param facts what the mine tells
 * @param frames what the interlock tells
 * @param complaints added to
 */
record Locks(Happenings<Fact> facts, Happenings<Status> frames, List<String> complaints) {

  /** Twice the stable time of the demonstration's profile. */
  private static final long LOCKED_MILLIS = 6_000;

  private static final long CROSSING_MILLIS = 60_000;
  private static final long RELEASE_MILLIS = 90_000;
  private static final long CLOSING_MILLIS = 15_000;

  /** Every cause goes, and for twice the stable time nothing opens by itself. */
  void stayLocked() throws InterruptedException {
    boolean latched =
        frames
            .await(
                frames.end(),
                RELEASE_MILLIS,
                frame ->
                    frame.zone(Play.ZONE).filter(zone -> zone.lock().equals("Latched")).isPresent())
            .isPresent();
    if (!latched) {
      complaints.add("the causes in " + Play.ZONE + " did not go");
    }
    boolean opened =
        frames
            .await(
                frames.end(),
                LOCKED_MILLIS,
                frame -> frame.zone(Play.ZONE).filter(Status.Zone::granted).isPresent())
            .isPresent();
    if (opened) {
      complaints.add("the lock of " + Play.ZONE + " opened without a person");
    }
  }

  /** Long after the gas has gone, a welded breaker's zone is not granted power. */
  void stayWithheld(String head) throws InterruptedException {
    facts.await(facts.end(), CROSSING_MILLIS, fact -> fact.is(Fact.Kind.RETURNED, "head", head));
    boolean granted =
        frames
            .await(
                frames.end(),
                LOCKED_MILLIS,
                frame -> frame.zone(Play.ZONE).filter(Status.Zone::granted).isPresent())
            .isPresent();
    if (granted) {
      complaints.add(Play.ZONE + " was granted power though its breaker is welded");
    }
  }

  /** The lock opens and the electrician can close the breaker. */
  void live(String zone, long from, long fromFrame) throws InterruptedException {
    boolean open =
        frames
            .await(
                fromFrame,
                RELEASE_MILLIS,
                frame -> frame.zone(zone).filter(Status.Zone::granted).isPresent())
            .isPresent();
    boolean live =
        open
            && facts
                .await(
                    from,
                    CLOSING_MILLIS,
                    fact -> fact.is(Fact.Kind.FEED, "zone", zone) && fact.flag("live"))
                .isPresent();
    if (!open) {
      complaints.add("the lock of " + zone + " did not open again");
    } else if (!live) {
      complaints.add("power did not come back in " + zone);
    }
  }
}
