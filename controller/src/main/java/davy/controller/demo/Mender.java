package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The named person after the wire was mended, or after a start with trouble: waits until power is
 * back, and resets what does not open by itself, saying that it was repaired, as after an output
 * that could not be read back.
 *
 * @param complaints added to
 */
record Mender(
    Happenings<Fact> facts,
    Happenings<Status> frames,
    Hand hand,
    Narrator narrator,
    List<String> complaints) {

  private static final long LIVE_MILLIS = 120_000;
  private static final long LOOK_MILLIS = 500;

  /** As the status says it: nothing but a named person is missing. */
  private static final List<String> PERSON = List.of("REPAIR", "RESET");

  /** Complains where power does not come back. */
  void live(long from) throws InterruptedException {
    long end = System.nanoTime() + LIVE_MILLIS * 1_000_000L;
    while (System.nanoTime() - end < 0) {
      if (facts
          .await(
              from,
              LOOK_MILLIS,
              fact -> fact.is(Fact.Kind.FEED, "zone", Play.ZONE) && fact.flag("live"))
          .isPresent()) {
        return;
      }
      reset();
    }
    complaints.add("power did not come back in " + Play.ZONE);
  }

  /** Resets what opens for nobody else now. */
  void reset() {
    Optional<Status> now = frames.latest();
    for (String zone : List.of(Play.ZONE, Mine.SECTION)) {
      if (now.flatMap(frame -> frame.zone(zone)).filter(Mender::wantsPerson).isPresent()) {
        narrator.tell(
            "ask", new Words("A named person resets " + zone + ".", "持证人员复位 " + zone + "。"));
        hand.ask("reset", Map.of("zone", zone, "repaired", "yes"));
      }
    }
  }

  private static boolean wantsPerson(Status.Zone zone) {
    return !zone.wanting().isEmpty() && PERSON.containsAll(zone.wanting());
  }
}
