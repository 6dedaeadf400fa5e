package davy.controller.uplink;

import davy.controller.json.JsonLine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BinaryOperator;
import org.tinylog.Logger;

/**
 * Carries the county's trips from the broker to the interlock and its answers back, as bytes that
 * it does not understand (S21). Messages come on the library's thread and are handed to a thread of
 * their own; more than {@link #ROOM} that wait are dropped and counted: the county repeats.
 */
final class RemoteTrips implements AutoCloseable {

  static final int ROOM = 16;
  private static final int LONGEST = 4_096;

  private final BinaryOperator<String> interlock;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(ROOM);
  private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(ROOM);
  private final Thread thread;
  private long dropped;

  /**
   * @param interlock takes command and signature, returns the answer line
   */
  RemoteTrips(BinaryOperator<String> interlock) {
    this.interlock = interlock;
    this.thread = new Thread(this::run, "davy-remote-trip");
    thread.setDaemon(true);
    thread.start();
  }

  /** A message arrived: {@code {"command":"…","signature":"…"}}. Never waits. */
  void take(String message) {
    if (message.length() > LONGEST || !waiting.offer(message)) {
      dropped++;
      Logger.warn("uplink: {} messages of the county were dropped so far", dropped);
    }
  }

  /** An answer for the broker with the command it answers, oldest first. */
  Optional<String> answer() {
    Optional<String> answer = Optional.ofNullable(answers.poll());
    answer.ifPresent(_ -> room.release());
    return answer;
  }

  private void run() {
    try {
      while (true) {
        String answer = carry(waiting.take());
        if (room.tryAcquire()) {
          answers.add(answer);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String carry(String message) {
    try {
      Map<String, Object> fields = JsonLine.read(message);
      if (fields.get("command") instanceof String command
          && fields.get("signature") instanceof String signature) {
        Map<String, Object> answer = JsonLine.read(interlock.apply(command, signature));
        return JsonLine.write(Map.of("command", command, "answer", answer));
      }
      return refused("a message has the texts command and signature");
    } catch (JsonLine.Malformed e) {
      return refused(e.getMessage());
    }
  }

  private static String refused(String why) {
    return JsonLine.write(Map.of("accepted", false, "answer", "MALFORMED", "text", why));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
