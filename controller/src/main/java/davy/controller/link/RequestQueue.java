package davy.controller.link;

import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Between the request threads and the scan, without locks: one slot for a trip and one for a reset
 * per zone, so that no flood of one kind or zone can keep another out (S21), and a ring for the
 * answers on their way back.
 */
public final class RequestQueue {

  private static final int ANSWERS = 64;

  private final AtomicLong ids = new AtomicLong();
  private final AtomicReferenceArray<Request.PanelTrip> trips;
  private final AtomicReferenceArray<Request.Reset> resets;
  private final AtomicReferenceArray<Event.Answered> answers = new AtomicReferenceArray<>(ANSWERS);

  public RequestQueue(int zones) {
    trips = new AtomicReferenceArray<>(zones);
    resets = new AtomicReferenceArray<>(zones);
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

  /** False where another reset of the zone still waits for the scan. */
  boolean offer(Request.Reset reset) {
    return resets.compareAndSet(reset.zone(), null, reset);
  }

  /** Empties every slot, trips first. Scan thread. */
  public List<Request> take() {
    List<Request> taken = new ArrayList<>();
    for (int zone = 0; zone < trips.length(); zone++) {
      Request trip = trips.getAndSet(zone, null);
      if (trip != null) {
        taken.add(trip);
      }
    }
    for (int zone = 0; zone < resets.length(); zone++) {
      Request reset = resets.getAndSet(zone, null);
      if (reset != null) {
        taken.add(reset);
      }
    }
    return taken;
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
