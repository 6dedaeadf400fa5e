package davy.bridge.guard;

import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of the guard, immutable, shared by reference.
 *
 * @param at when this was put together
 * @param state LOST when no status was heard for 300 ms
 * @param trouble why the link is LOST, for people; empty otherwise
 * @param identity empty until the guard has introduced itself
 * @param status the latest one heard, however old; empty before the first
 * @param latest causes of the latest drops, newest first, kept over a loss of power
 * @param drops how often each cause dropped the relays since the guard was made, indexed by {@link
 *     GuardCause#ordinal}; empty before it was told
 * @param link counters of this end
 */
public record GuardImage(
    Tick at,
    GuardState state,
    String trouble,
    Optional<Identity> identity,
    Optional<Status> status,
    List<GuardCause> latest,
    List<Integer> drops,
    Link link) {

  public GuardImage {
    latest = List.copyOf(latest);
    drops = List.copyOf(drops);
  }

  /**
   * Why it is not armed, for the panel; NONE while it is armed, counting answers or LOST, but for a
   * guard of another protocol version, which is LOST for good.
   */
  public GuardCause refusal() {
    return switch (state) {
      case ARMED -> GuardCause.NONE;
      case DROPPED -> status.map(Status::refusal).orElse(GuardCause.NONE);
      case LOST -> foreign() ? GuardCause.VERSION : GuardCause.NONE;
    };
  }

  private boolean foreign() {
    return identity.map(Identity::major).filter(major -> major != GuardFrame.MAJOR).isPresent();
  }

  /**
   * What the guard is.
   *
   * @param openMillis answers sooner after the question are too early
   * @param closeMillis later ones are too late
   * @param ageLimitMillis the oldest reading that a granted permit may lean on
   * @param answersToArm good answers in a row on a withheld image before it arms
   * @param siteDigest the one it was taught; 0 none
   */
  public record Identity(
      int major,
      int minor,
      int capabilities,
      long build,
      int openMillis,
      int closeMillis,
      int ageLimitMillis,
      int answersToArm,
      GuardCause resetCause,
      int boots,
      long siteDigest) {}

  /**
   * How the guard is, told ten times a second and at every change.
   *
   * @param armed whether the master relays are held in
   * @param lastDrop the cause of the latest drop, kept over a loss of power
   * @param refusal why it does not arm; NONE while it is armed or counting good answers
   * @param goodAnswers in a row
   * @param dropMillis by its own clock from the last good answer to the latest drop
   * @param supplyMillivolts empty where it can't measure
   * @param temperatureTenths 0.1 °C; empty where it can't measure
   */
  public record Status(
      boolean armed,
      GuardCause lastDrop,
      GuardCause refusal,
      int goodAnswers,
      boolean tripLoopOpen,
      boolean tripLatched,
      boolean buttonPressed,
      boolean relaysFallen,
      int dropMillis,
      OptionalInt supplyMillivolts,
      OptionalInt temperatureTenths,
      long uptimeMillis,
      long accepted,
      long drops,
      int badFrames,
      int lostFrames,
      int duplicates) {}

  /**
   * @param answers beats sent
   * @param skipped reports that found no question open, or came before the window
   * @param badFrames bytes that made no frame
   * @param lostFrames gaps in the guard's frame numbers
   */
  public record Link(long answers, long skipped, long badFrames, long lostFrames) {}
}
