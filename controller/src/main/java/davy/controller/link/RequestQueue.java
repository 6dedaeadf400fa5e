package davy.controller.link;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.interlock.Event;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Between the request threads and the scan, without locks: one slot for a trip of the panel and one
 * for a trip of the county per zone, so that no flood of one kind or zone can keep another out
 * (S21), one for everything else that can be asked of a zone, point or fan, some for what is asked
 * of the alarms, and rings for the answers on their way back.
 */
public final class RequestQueue {

  private static final int ANSWERS = 64;
  private static final int PER_ZONE = 2;
  private static final int PER_POINT = 2;
  private static final int OF_ALARMS = 8;

  private final int zones;
  private final int points;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicReferenceArray<Request.PanelTrip> trips;
  private final AtomicReferenceArray<Request.RemoteTrip> remoteTrips;
  private final AtomicReferenceArray<Request> others;
  private final AtomicReferenceArray<AlarmRequest> ofAlarms = new AtomicReferenceArray<>(OF_ALARMS);
  private final AtomicReferenceArray<Event.Answered> answers = new AtomicReferenceArray<>(ANSWERS);
  private final AtomicReferenceArray<AlarmEvent.Answered> alarmAnswers =
      new AtomicReferenceArray<>(ANSWERS);

  public RequestQueue(Plan plan) {
    zones = plan.zones().size();
    points = plan.points().size();
    trips = new AtomicReferenceArray<>(zones);
    remoteTrips = new AtomicReferenceArray<>(zones);
    others =
        new AtomicReferenceArray<>(PER_ZONE * zones + PER_POINT * points + plan.fans().size() + 1);
  }

  /** A new request's id, from 1, unique while the process runs. */
  long nextId() {
    return ids.incrementAndGet();
  }

  /** Always succeeds. Returns the id to wait for: an earlier trip's, where one still waits. */
  long offer(Request.PanelTrip trip) {
    Request.PanelTrip waiting = trips.compareAndExchange(trip.zone(), null, trip);
    return (waiting == null ? trip : waiting).id();
  }

  /** As of the panel. */
  long offer(Request.RemoteTrip trip) {
    Request.RemoteTrip waiting = remoteTrips.compareAndExchange(trip.zone(), null, trip);
    return (waiting == null ? trip : waiting).id();
  }

  /** False where another request of this kind about the same thing still waits for the scan. */
  boolean offer(Request request) {
    return others.compareAndSet(slot(request), null, request);
  }

  /** False where too many wait for the scan. */
  boolean offer(AlarmRequest request) {
    for (int slot = 0; slot < OF_ALARMS; slot++) {
      if (ofAlarms.compareAndSet(slot, null, request)) {
        return true;
      }
    }
    return false;
  }

  private int slot(Request request) {
    int fans = PER_ZONE * zones + PER_POINT * points;
    return switch (request) {
      case Request.Reset reset -> reset.zone();
      case Request.ProofTest test -> zones + test.zone();
      case Request.Calibrate calibrate -> PER_ZONE * zones + calibrate.point();
      case Request.Inhibit inhibit -> PER_ZONE * zones + inhibit.point();
      case Request.EndBypass end -> PER_ZONE * zones + points + end.point();
      case Request.UnlockFan unlock -> fans + unlock.fan();
      case Request.AcceptConfiguration _ -> others.length() - 1;
      case Request.PanelTrip _, Request.RemoteTrip _ ->
          throw new IllegalArgumentException("a trip has its own slot");
    };
  }

  /** Empties every slot, trips first. Scan thread. */
  public List<Request> take() {
    List<Request> taken = new ArrayList<>();
    take(trips, taken);
    take(remoteTrips, taken);
    take(others, taken);
    return taken;
  }

  /** Empties the slots of what is asked of the alarms, in the order it was asked. Scan thread. */
  public List<AlarmRequest> takeOfAlarms() {
    List<AlarmRequest> taken = new ArrayList<>();
    take(ofAlarms, taken);
    taken.sort(Comparator.comparingLong(AlarmRequest::id));
    return taken;
  }

  private static <T, S extends T> void take(AtomicReferenceArray<S> slots, List<T> taken) {
    for (int slot = 0; slot < slots.length(); slot++) {
      if (slots.getPlain(slot) != null) {
        taken.add(slots.getAndSet(slot, null));
      }
    }
  }

  /** What became of a request. Scan thread; the latest answer of an id stands. */
  public void answered(Event.Answered answer) {
    answers.set(slot(answer.request()), answer);
  }

  /** As of the interlock. */
  public void answered(AlarmEvent.Answered answer) {
    alarmAnswers.set(slot(answer.request().id()), answer);
  }

  /** What became of what was asked, as soon as the scan has said so. */
  Optional<Outcome> outcome(Outcome.Asked asked, long id) {
    Optional<Outcome> ofInterlock =
        Optional.ofNullable(answers.get(slot(id)))
            .filter(answer -> answer.request() == id)
            .map(answer -> Outcome.of(asked, answer));
    return ofInterlock.or(
        () ->
            Optional.ofNullable(alarmAnswers.get(slot(id)))
                .filter(answer -> answer.request().id() == id)
                .map(answer -> Outcome.of(asked, answer)));
  }

  private static int slot(long id) {
    return (int) Math.floorMod(id, (long) ANSWERS);
  }
}
