package davy.controller.link;

import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * The other end of the seam, for the station and for commands: follows the status frames,
 * reconnecting for ever, and sends requests. Holds one frame and no more.
 */
public final class LinkClient implements AutoCloseable {

  /** A frame older than this is not the present state of anything. */
  public static final long FRESH_NANOS = 2_000_000_000L;

  private static final long SILENCE_MILLIS = 3_000;
  private static final long ANSWER_MILLIS = 6_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final Path folder;
  private final Consumer<Frame> listener;
  private final Clock clock;
  private volatile Optional<Frame> latest = Optional.empty();
  private volatile String trouble = "not yet connected";
  private volatile boolean closed;
  private final Thread follower;
  private final Thread beat;

  /**
   * @param json one status frame, without the line's end
   * @param arrival when it was complete here
   */
  public record Frame(String json, Tick arrival) {}

  /** Who follows. */
  public enum Kind {
    /** Only looks. */
    WATCHER,
    /** Is the station and says so every second: without it, the consent key alone resets (S4). */
    STATION
  }

  private LinkClient(Path folder, Kind kind, Consumer<Frame> listener, Clock clock) {
    this.folder = folder;
    this.listener = listener;
    this.clock = clock;
    this.follower = LinkThread.start("davy-follow", this::follow);
    this.beat =
        switch (kind) {
          case WATCHER -> follower;
          case STATION -> LinkThread.start("davy-alive", this::sayAlive);
        };
  }

  /**
   * Starts to follow.
   *
   * @param folder of the sockets
   * @param listener called with every frame on the follower's thread; it must not wait long
   */
  public static LinkClient start(Path folder, Kind kind, Consumer<Frame> listener, Clock clock) {
    return new LinkClient(folder, kind, listener, clock);
  }

  /** The present frame; nothing when there is no connection or the last frame is older than 2 s. */
  public Optional<Frame> latest() {
    return latest.filter(frame -> clock.now().nanosSince(frame.arrival()) <= FRESH_NANOS);
  }

  /** Why there is no frame, for people; of interest only while {@link #latest} is empty. */
  public String trouble() {
    return trouble;
  }

  /** Asks for a trip and returns the answer line; waits at most 6 s. */
  public String trip(String zone, String person) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("request", "trip");
    request.put("zone", zone);
    request.put("person", person);
    return send(request);
  }

  /**
   * Asks for something and returns the answer line; waits at most 6 s. The interlock judges what
   * the fields are worth.
   *
   * @param kind of request, as {@code deploy/docs/seam.md} lists them
   */
  public String ask(String kind, Map<String, String> fields) {
    return ask(folder, kind, fields);
  }

  /**
   * Asks once, without following the status.
   *
   * @param folder of the sockets
   */
  public static String ask(Path folder, String kind, Map<String, String> fields) {
    Map<String, Object> request = new LinkedHashMap<>(fields);
    request.put("request", kind);
    return send(folder, LinkServer.PANEL, request);
  }

  /**
   * Carries a trip of the county to the interlock, which judges it, and returns the answer line.
   *
   * @param command base64 of the signed bytes
   * @param signature base64
   */
  public String remoteTrip(String command, String signature) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("request", "trip");
    request.put("command", command);
    request.put("signature", signature);
    return send(folder, LinkServer.UPLINK, request);
  }

  /**
   * Tells the interlock, which refuses it and has it in its journal, that somebody at the surface
   * wanted to write; returns the answer line.
   *
   * @param metric at most 64 characters, none of them a control character
   * @param more so many others came meanwhile
   */
  public String refusedWrite(String metric, long more) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("request", "write");
    request.put("metric", metric);
    request.put("more", Long.toString(more));
    return send(folder, LinkServer.UPLINK, request);
  }

  private String send(Map<String, Object> request) {
    return send(folder, LinkServer.PANEL, request);
  }

  private static String send(Path folder, String socketName, Map<String, Object> request) {
    try (LineSocket socket = LineSocket.open(folder.resolve(socketName))) {
      socket.write(JsonLine.write(request));
      return socket
          .read(ANSWER_MILLIS)
          .orElseGet(() -> refused("NO_ANSWER", "the interlock has not answered within 6 s"));
    } catch (IOException e) {
      return refused("NO_CONNECTION", "no connection to the interlock: " + e.getMessage());
    }
  }

  private static String refused(String answer, String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("accepted", false);
    fields.put("answer", answer);
    fields.put("text", text);
    return JsonLine.write(fields);
  }

  private void follow() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed) {
      try (LineSocket socket = LineSocket.open(folder.resolve(LinkServer.STATUS))) {
        Optional<String> line = socket.read(SILENCE_MILLIS);
        while (line.isPresent() && !closed) {
          pause = FIRST_PAUSE_MILLIS;
          show(new Frame(line.get(), clock.now()));
          line = socket.read(SILENCE_MILLIS);
        }
        lost("no status frame for " + SILENCE_MILLIS / 1000 + " s");
      } catch (IOException e) {
        lost(e.getMessage());
      }
      rest(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private void show(Frame frame) {
    latest = Optional.of(frame);
    listener.accept(frame);
  }

  private void lost(String why) {
    if (latest.isPresent() && !closed) {
      Logger.warn("no connection to the interlock: {}", why);
    }
    latest = Optional.empty();
    trouble = why;
  }

  private void sayAlive() {
    while (!closed) {
      send(Map.of("request", "alive"));
      rest(1_000);
    }
  }

  private void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    follower.interrupt();
    beat.interrupt();
    LinkThread.join(follower);
    LinkThread.join(beat);
  }
}
