package davy.controller.link;

import davy.controller.interlock.Event;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Between the request threads and the scan, without locks: one slot for a trip of the panel and one
 * for a trip of the county per zone, so that no flood of one kind or zone can keep another out
 * (S21), one for everything else that can be asked of a zone, point or fan, and a ring for the
 * answers on their way back.
 */
public final class RequestQueue {

  private static final int ANSWERS = 64;
  private static final int PER_ZONE = 2;
  private static final int PER_POINT = 2;

  private final int zones;
  private final int points;
  private final AtomicLong ids = new AtomicLong();
  private final AtomicReferenceArray<Request.PanelTrip> trips;
  private final AtomicReferenceArray<Request.RemoteTrip> remoteTrips;
  private final AtomicReferenceArray<Request> others;
  private final AtomicReferenceArray<Event.Answered> answers = new AtomicReferenceArray<>(ANSWERS);

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

  private static <T extends Request> void take(AtomicReferenceArray<T> slots, List<Request> taken) {
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

  Optional<Event.Answered> answer(long id) {
    return Optional.ofNullable(answers.get(slot(id))).filter(answer -> answer.request() == id);
  }

  private static int slot(long id) {
    return (int) Math.floorMod(id, (long) ANSWERS);
  }
}
