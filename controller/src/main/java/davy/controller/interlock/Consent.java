package davy.controller.interlock;

import java.util.List;
import java.util.Optional;

/**
 * The one slot of the station for requests that loosen, of whatever kind (S4, S25): accepted, it
 * waits for a press of the consent key; consented to, for its record on disk; then it takes effect.
 * It ends without effect when its time is over or when it would be refused now.
 */
sealed interface Consent {

  record Idle() implements Consent {}

  /** Accepted, waits for the consent key. */
  record Waiting(Request.Loosening request, long waitedNanos) implements Consent {}

  /**
   * Consented to, waits for the record.
   *
   * @param requests one, or all that the key alone asked for at once: they share their id
   */
  record Recording(List<Request.Loosening> requests, long waitedNanos) implements Consent {
    public Recording {
      requests = List.copyOf(requests);
    }

    long id() {
      return requests.getFirst().id();
    }
  }

  Consent IDLE = new Idle();

  /** Whether a reset of this zone waits for the key. */
  default boolean waitsForKey(int zone) {
    return this instanceof Waiting waiting
        && waiting.request() instanceof Request.Reset reset
        && reset.zone() == zone;
  }

  /** What people are shown of a request that waits for the key. */
  default Optional<Decision.KeyWait> keyWait(long consentNanos) {
    return this instanceof Waiting waiting
        ? Optional.of(
            new Decision.KeyWait(waiting.request().id(), consentNanos - waiting.waitedNanos()))
        : Optional.empty();
  }

  /** Whether a reset of this zone is being recorded. */
  default boolean isRecorded(int zone) {
    return this instanceof Recording recording
        && recording.requests().stream()
            .anyMatch(request -> request instanceof Request.Reset reset && reset.zone() == zone);
  }
}
