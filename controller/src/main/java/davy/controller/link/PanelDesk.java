package davy.controller.link;

import davy.controller.config.Site;
import davy.controller.interlock.Explanation;
import davy.controller.interlock.Request;
import davy.controller.json.JsonLine;
import davy.controller.link.Outcome.Asked;
import davy.controller.recording.ValueJson;
import davy.controller.scan.Snapshot;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Requests of people at the panel. A trip goes to the scan at once. Anything else first needs names
 * that the site knows, a fresh nonce, then persons and PINs, which another thread checks.
 */
final class PanelDesk implements Desk {

  static final long ALIVE_NANOS = 5_000_000_000L;
  private static final String SOCKET = "panel";

  private final Site site;
  private final Supplier<Optional<Snapshot>> latest;
  private final Names names;
  private final RequestQueue queue;
  private final Nonces nonces;
  private final PinCheck pins;
  private final RequestRecord record;
  private final Answers answers;
  private volatile Optional<Tick> alive = Optional.empty();

  /**
   * @param latest what the scan showed last, for who asks why
   */
  PanelDesk(
      Site site,
      Supplier<Optional<Snapshot>> latest,
      RequestQueue queue,
      Nonces nonces,
      PinCheck pins,
      RequestRecord record) {
    this.site = site;
    this.latest = latest;
    this.names = new Names(site);
    this.queue = queue;
    this.nonces = nonces;
    this.pins = pins;
    this.record = record;
    this.answers = new Answers(queue, record);
  }

  /** Whether the station said within the last 5 s that it is there. Any thread. */
  boolean stationAlive(Tick now) {
    Optional<Tick> last = alive;
    return last.isPresent() && now.nanosSince(last.get()) <= ALIVE_NANOS;
  }

  @Override
  public void take(Caller caller, String line, Tick now) {
    try {
      switch (RequestText.panel(line)) {
        case PanelRequest.Alive _ -> {
          alive = Optional.of(now);
          caller.answer(new Outcome(asked("alive"), true, "HEARD", "").line());
        }
        case PanelRequest.Trip trip -> trip(caller, trip, now);
        case PanelRequest.Why why -> caller.answer(why(why, now));
        case PanelRequest.Signed signed -> signed(caller, signed, now);
      }
    } catch (RequestText.Malformed e) {
      answers.tell(
          caller, Outcome.refused(asked("unknown"), Refusal.MALFORMED, e.getMessage()), now);
    }
  }

  private String why(PanelRequest.Why why, Tick now) {
    Asked asked = asked("why", Wish.About.zone(why.zone()), "", "");
    Optional<Integer> zone = names.zone(why.zone());
    Optional<Snapshot> snapshot = latest.get();
    if (zone.isEmpty() || snapshot.isEmpty()) {
      Refusal refusal = zone.isEmpty() ? Refusal.UNKNOWN_ZONE : Refusal.NO_ANSWER;
      return Outcome.refused(asked, refusal).line();
    }
    Snapshot seen = snapshot.get();
    Explanation explanation =
        Explanation.of(site.plan(), seen.inputs(), seen.decision(), zone.get());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("accepted", true);
    answer.put("answer", "EXPLAINED");
    answer.put("tick", seen.at().nanos());
    answer.put("ageMillis", now.nanosSince(seen.at()) / 1_000_000);
    answer.put("explanation", ValueJson.write(explanation));
    return JsonLine.write(answer);
  }

  private void trip(Caller caller, PanelRequest.Trip trip, Tick now) {
    Asked asked = asked("trip", Wish.About.zone(trip.zone()), trip.person(), "");
    Optional<Integer> zone = names.zone(trip.zone());
    if (zone.isEmpty()) {
      answers.tell(caller, Outcome.refused(asked, Refusal.UNKNOWN_ZONE), now);
      return;
    }
    long id = queue.offer(new Request.PanelTrip(asked.id(), zone.get(), trip.person()));
    answers.await(caller, asked, id, now);
  }

  private void signed(Caller caller, PanelRequest.Signed signed, Tick now) {
    Wish wish = signed.wish();
    Asked asked =
        asked(
            wish.kind(),
            wish.about(),
            signed.by().person(),
            signed.second().map(PanelRequest.Signature::person).orElse(""));
    Optional<Refusal> unknown = names.unknown(wish);
    if (unknown.isPresent()) {
      answers.tell(caller, Outcome.refused(asked, unknown.get()), now);
    } else if (!nonces.use(signed.nonce(), now)) {
      answers.tell(caller, Outcome.refused(asked, Refusal.STALE_NONCE), now);
    } else if (!pins.submit(new PinCheck.Question(caller, asked, signed))) {
      answers.tell(caller, Outcome.refused(asked, Refusal.BUSY), now);
    }
  }

  @Override
  public boolean tend(Tick now) {
    for (PinCheck.Checked checked : pins.finished()) {
      checked(checked, now);
    }
    return answers.tend(now) | pins.busy();
  }

  private void checked(PinCheck.Checked checked, Tick now) {
    PinCheck.Question question = checked.question();
    switch (checked.verdict()) {
      case PinCheck.Refused refused ->
          answers.tell(
              question.caller(),
              new Outcome(question.asked(), false, refused.why().name(), refused.text()),
              now);
      case PinCheck.Known known -> {
        Asked asked = known.of(question.asked());
        Optional<String> second = Optional.of(asked.second()).filter(person -> !person.isEmpty());
        Wish wish = question.signed().wish();
        boolean taken =
            switch (wish) {
              case Wish.OfInterlock of ->
                  queue.offer(names.request(of, asked.id(), asked.person(), second));
              case Wish.OfAlarms of -> queue.offer(names.request(of, asked.id(), asked.person()));
            };
        if (taken) {
          answers.await(question.caller(), asked, asked.id(), now);
        } else {
          answers.tell(question.caller(), Outcome.refused(asked, Refusal.BUSY), now);
        }
      }
    }
  }

  private Asked asked(String kind) {
    return asked(kind, Wish.About.SITE, "", "");
  }

  private Asked asked(String kind, Wish.About about, String person, String second) {
    return new Asked(SOCKET, queue.nextId(), kind, about, person, second, "");
  }

  @Override
  public String tooLong(Tick now) {
    Outcome outcome = Outcome.refused(asked("unknown"), Refusal.TOO_LONG);
    record.add(outcome, now);
    return outcome.line();
  }
}
