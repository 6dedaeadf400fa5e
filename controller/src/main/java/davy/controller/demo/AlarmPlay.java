package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.List;
import java.util.Map;

/**
 * Plays a false clear (假消警): somebody closes the alarm of the face at every stage of an outburst,
 * and each time it must be refused with its reason, until the gas was gone for long enough.
 *
 * @param complaints added to
 */
record AlarmPlay(Happenings<Status> frames, Hand hand, Narrator narrator, List<String> complaints) {

  private static final String ALARM = "T1-limit";
  private static final Map<String, String> CLOSE =
      Map.of("alarm", ALARM, "reason", "涌出", "measure", "加大供风");

  /** Twice the time that the demonstration's profile wants a value to be normal. */
  private static final long CLOSED_MILLIS = 60_000;

  /** While the gas stands. */
  void whileItStands() throws InterruptedException {
    refused("REFUSED_ACKNOWLEDGE_FIRST");
    hand.ask("acknowledge", Map.of("alarm", ALARM), CLOSED_MILLIS).ifPresent(complaints::add);
    refused("REFUSED_STILL_ACTIVE");
  }

  /** After the gas has gone, and power is back without a word of this. */
  void afterwards() throws InterruptedException {
    if (!life().equals("Latched")) {
      complaints.add("the alarm of T1 does not wait for its close: it is " + life());
    }
    refused("REFUSED_NOT_NORMAL_LONG_ENOUGH");
    hand.ask("close-alarm", CLOSE, CLOSED_MILLIS).ifPresent(complaints::add);
    boolean closed =
        frames
            .await(frames.end(), CLOSED_MILLIS, frame -> frame.alarmLife(ALARM).isEmpty())
            .isPresent();
    if (!closed) {
      complaints.add("the alarm of T1 is not closed");
    }
    narrator.tell("close", new Words("Now the close is accepted.", "此时方可关闭报警。"));
  }

  private String life() {
    return frames.latest().map(frame -> frame.alarmLife(ALARM)).orElse("");
  }

  private void refused(String wanted) {
    Object answer = hand.ask("close-alarm", CLOSE).get("answer");
    narrator.tell(
        "close",
        new Words("Somebody closes the alarm of T1: " + answer + ".", "有人关闭 T1 报警：" + answer));
    if (!wanted.equals(answer)) {
      complaints.add("a close was answered with " + answer + " instead of " + wanted);
    }
  }
}
