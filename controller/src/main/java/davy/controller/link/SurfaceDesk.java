package davy.controller.link;

import davy.controller.link.Outcome.Asked;
import davy.hal.signal.Tick;

/** Requests of the county (S21): understood, journalled, and refused without a county key. */
final class SurfaceDesk implements Desk {

  private static final String SOCKET = "uplink";

  private final RequestQueue queue;
  private final RequestRecord record;

  SurfaceDesk(RequestQueue queue, RequestRecord record) {
    this.queue = queue;
    this.record = record;
  }

  @Override
  public void take(Caller caller, String line, Tick now) {
    caller.answer(told(judged(line), now));
  }

  private Outcome judged(String line) {
    try {
      return switch (RequestText.surface(line)) {
        case SurfaceRequest.Trip _ -> Outcome.refused(asked("trip"), Refusal.NO_COUNTY_KEY);
      };
    } catch (RequestText.Malformed e) {
      return Outcome.refused(asked("unknown"), Refusal.MALFORMED, e.getMessage());
    }
  }

  private Asked asked(String kind) {
    return new Asked(SOCKET, queue.nextId(), kind, Wish.About.SITE, "", "", "");
  }

  private String told(Outcome outcome, Tick now) {
    record.add(outcome, now);
    return outcome.line();
  }

  @Override
  public String tooLong(Tick now) {
    return told(Outcome.refused(asked("unknown"), Refusal.TOO_LONG), now);
  }

  @Override
  public boolean tend(Tick now) {
    return false;
  }
}
