package davy.tests.proof;

import davy.controller.interlock.Bypass;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Event;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.hal.signal.Feed;
import java.util.List;
import java.util.Optional;

/** What must hold for the station as a whole in every step. */
enum StationRule {
  CONSENT_NEEDS_THE_KEY("S4", "nothing is consented to without a fresh turn of the key") {
    @Override
    boolean holds(Turn turn) {
      ConsentNotes was = turn.before().consent();
      return turn.decision().events().stream()
          .filter(Event.Consented.class::isInstance)
          .map(Event.Consented.class::cast)
          .allMatch(
              consented ->
                  consented.request() == Event.Granted.BY_KEY
                      ? was.alone(turn.inputs(), turn.plan().times())
                      : was.pressed(turn.inputs())
                          && was.stage() == ConsentNotes.Stage.ASKED
                          && was.asked().filter(r -> r.id() == consented.request()).isPresent());
    }
  },
  NO_RESET_OVER_A_CAUSE("§4", "a reset is refused while a cause is active or the feed live") {
    @Override
    boolean holds(Turn turn) {
      return turn.inputs().requests().stream()
          .filter(Request.Reset.class::isInstance)
          .map(Request.Reset.class::cast)
          .allMatch(reset -> !taken(turn, reset) || mayBeTaken(turn, reset));
    }

    private boolean taken(Turn turn, Request.Reset reset) {
      return turn.decision().events().stream()
          .anyMatch(
              event ->
                  event instanceof Event.Answered answered
                      && answered.request() == reset.id()
                      && answered.answer() == Event.Answer.WAITING_FOR_KEY);
    }

    /** Only the person who mended the breaker may reset while it still counts as failed (S3). */
    private boolean mayBeTaken(Turn turn, Request.Reset reset) {
      Causes active = turn.view(reset.zone()).active();
      Causes standing = reset.repaired() ? active.without(Causes.of(Cause.FEED_ABNORMAL)) : active;
      return standing.none() && !turn.granted(reset.zone()) && !live(turn, reset.zone());
    }

    /** Power that is there already would come without a hand at the breaker. */
    private boolean live(Turn turn, int zone) {
      return turn.plan().zones().get(zone).feedFitted()
          && turn.inputs().zones().get(zone).feed() == Feed.LIVE;
    }
  },
  CONFIGURATION_NEEDS_TWO("S18", "two named persons and the key accept a configuration") {
    @Override
    boolean holds(Turn turn) {
      Optional<Request> effective = turn.before().consent().effective(turn.inputs());
      return turn.before().accepted()
          || !turn.after().accepted()
          || effective.isPresent()
              && effective.get() instanceof Request.AcceptConfiguration accept
              && !accept.person().equals(accept.second());
    }
  },
  BYPASSES_ARE_BOUNDED("S16", "few at once, each with an end that comes nearer") {
    @Override
    boolean holds(Turn turn) {
      List<Bypass> now = turn.decision().bypasses();
      return now.size() <= turn.plan().bypasses().atOnce()
          && now.stream()
              .allMatch(b -> b.remainingNanos() > 0 && b.remainingNanos() <= left(turn, b));
    }
  },
  A_BYPASS_NEEDS_CONSENT("S4, S16", "an exemption begins by request, key and record") {
    @Override
    boolean holds(Turn turn) {
      ConsentNotes was = turn.before().consent();
      Optional<Request> effective = was.effective(turn.inputs());
      return turn.decision().bypasses().stream()
          .filter(bypass -> before(turn, bypass).isEmpty())
          .allMatch(
              bypass ->
                  effective.filter(request -> asks(request, bypass)).isPresent()
                      || bypass.kind() == Bypass.Kind.FAN_UNLOCK
                          && was.keyAloneEffective(turn.inputs())
                      || bypass.kind() == Bypass.Kind.CALIBRATION && goesOn(turn, bypass));
    }

    /** It was kept over a restart, or lost its cover and cuts from now on. */
    private boolean goesOn(Turn turn, Bypass bypass) {
      return turn.before().aliveNanos() == 0
          || turn.before().bypasses().stream()
              .anyMatch(
                  old ->
                      old.kind() == Bypass.Kind.CALIBRATION_INHIBIT
                          && old.index() == bypass.index());
    }
  },
  AN_INHIBIT_HAS_COVER("S16", "another head of the place, sound and below its alarm, covers it") {
    @Override
    boolean holds(Turn turn) {
      return turn.decision().bypasses().stream()
          .filter(StationRule::masks)
          .allMatch(
              bypass ->
                  turn.plan().bypasses().inhibit().isPresent()
                      && !Demand.guard(turn)
                      && covered(turn, bypass.index()));
    }
  };

  static final List<StationRule> ALL = List.of(values());

  private final String source;
  private final String sentence;

  StationRule(String source, String sentence) {
    this.source = source;
    this.sentence = sentence;
  }

  abstract boolean holds(Turn turn);

  String source() {
    return source;
  }

  String sentence() {
    return sentence;
  }

  private static boolean masks(Bypass bypass) {
    return bypass.kind() == Bypass.Kind.INHIBIT || bypass.kind() == Bypass.Kind.CALIBRATION_INHIBIT;
  }

  private static Optional<Bypass> before(Turn turn, Bypass bypass) {
    return turn.before().bypasses().stream()
        .filter(old -> old.kind() == bypass.kind() && old.index() == bypass.index())
        .findFirst();
  }

  /** The longest that may remain: less than before, or what the profile allows. */
  private static long left(Turn turn, Bypass bypass) {
    Plan.Bypasses limits = turn.plan().bypasses();
    long longest =
        switch (bypass.kind()) {
          case CALIBRATION, CALIBRATION_INHIBIT -> limits.calibrationNanos();
          case INHIBIT -> limits.inhibit().map(Plan.InhibitLimits::longestNanos).orElse(0L);
          case FAN_UNLOCK -> limits.unlockNanos();
        };
    boolean again = turn.before().consent().effective(turn.inputs()).isPresent();
    return before(turn, bypass)
        .filter(_ -> !again)
        .map(old -> old.remainingNanos() - turn.elapsedNanos())
        .orElse(longest);
  }

  private static boolean asks(Request request, Bypass bypass) {
    return switch (request) {
      case Request.Calibrate asked ->
          asked.point() == bypass.index()
              && bypass.kind()
                  == (asked.inhibit() ? Bypass.Kind.CALIBRATION_INHIBIT : Bypass.Kind.CALIBRATION);
      case Request.Inhibit asked ->
          asked.point() == bypass.index() && bypass.kind() == Bypass.Kind.INHIBIT;
      case Request.UnlockFan asked ->
          asked.fan() == bypass.index() && bypass.kind() == Bypass.Kind.FAN_UNLOCK;
      case Request.PanelTrip _,
          Request.RemoteTrip _,
          Request.ProofTest _,
          Request.Reset _,
          Request.EndBypass _,
          Request.AcceptConfiguration _ ->
          false;
    };
  }

  /** In every group that asks for this point another member in service is good and low. */
  private static boolean covered(Turn turn, int point) {
    return turn.plan().zones().stream()
        .flatMap(zone -> zone.groups().stream())
        .filter(group -> group.members().contains(point))
        .allMatch(
            group ->
                group.members().stream()
                    .anyMatch(
                        other ->
                            other != point
                                && turn.bypass(other).isEmpty()
                                && !turn.after().heads().get(other).failed()
                                && turn.inputs().points().get(other) instanceof PointInput.Good good
                                && good.value().below(turn.plan().points().get(other).alarmAt())));
  }
}
