package davy.tests.proof;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Event;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import davy.hal.signal.Feed;
import java.util.List;
import java.util.Optional;

/** What must hold for every zone in every step. */
enum ZoneRule {
  NO_PERMIT_WITH_A_CAUSE("§4", "no permit while a cause is active") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || turn.view(zone).active().none();
    }
  },
  PERMIT_IS_THE_LOCK("§4", "the same lock and the same causes give the same permit") {
    @Override
    boolean holds(Turn turn, int zone) {
      Lock lock = turn.view(zone).lock();
      boolean tripped = lock instanceof Lock.Tripped;
      return turn.granted(zone) == (lock instanceof Lock.Open)
          && tripped == !turn.view(zone).active().none()
          && turn.view(zone).active().without(lock.seen()).none();
    }
  },
  HEADS_CUT("S13, S5, S19", "gas, over-range, fault and silence of its heads cut a zone") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || !Demand.heads(turn, zone);
    }
  },
  AIR_CUTS("S23, item d", "a standing or unknown fan and low or unknown flow cut a zone") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || !Demand.air(turn, zone);
    }
  },
  GUARD_CUTS("S14", "a guard that is not armed cuts every zone") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || !Demand.guard(turn);
    }
  },
  LATE_SCAN_CUTS("§4", "a late scan cuts every zone") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || !turn.inputs().scanLate();
    }
  },
  CONFIGURATION_CUTS("S18", "a configuration that was not accepted cuts every zone") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.granted(zone) || turn.after().accepted();
    }
  },
  TRIP_IS_TAKEN("S21", "a trip is taken in every state, and latches") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !Demand.tripAsked(turn, zone)
          || !turn.granted(zone) && !ZoneNotes.both(seen(turn, zone), TRIPS).none();
    }
  },
  HOLD_IS_SERVED("S5, S10, S14, S22", "the hold, the roll call and the guard's minute are served") {
    @Override
    boolean holds(Turn turn, int zone) {
      long hold = turn.plan().times().startHoldNanos();
      ZoneNotes notes = turn.after().zones().get(zone);
      return !turn.granted(zone)
          || turn.after().aliveNanos() >= hold
              && notes.offOnce()
              && (notes.deadOnce() || !turn.plan().zones().get(zone).feedFitted())
              && (turn.after().armedNanos() >= hold || !turn.plan().fitted().guard());
    }
  },
  NO_CAUSE_IS_FORGOTTEN("S12, S5", "a lock keeps every cause and its first one until it opens") {
    @Override
    boolean holds(Turn turn, int zone) {
      ZoneNotes was = turn.before().zones().get(zone);
      Optional<Lock.FirstOut> first = Turn.firstOut(turn.view(zone).lock());
      return turn.granted(zone)
          || was.seen().without(seen(turn, zone)).none()
              && (was.first().isEmpty() || was.first().equals(first));
    }
  },
  LATCHES_ARE_SAVED("S5", "what only a person may release is saved for the next start") {
    @Override
    boolean holds(Turn turn, int zone) {
      Causes saved = turn.decision().next().saved().zones().get(zone).latches();
      return ZoneNotes.both(seen(turn, zone), ZoneNotes.PERSON).without(saved).none();
    }
  },
  NO_RELEASE_WITHOUT_ITS_RULE("§4, S4, S17, S22, S23", "a lock opens only by its release rule") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.opens(zone) || Release.given(turn, zone);
    }
  },
  NO_PERMIT_FROM_A_TRIPPED_LOCK("§4", "a lock is latched before it opens") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !turn.opens(zone) || turn.before().zones().get(zone).active().none();
    }
  },
  WELDED_BREAKER_IS_SEEN("S2, S3", "withheld and live beyond the drop-out time latches upstream") {
    @Override
    boolean holds(Turn turn, int zone) {
      Plan.Zone plan = turn.plan().zones().get(zone);
      boolean live = turn.inputs().zones().get(zone).feed() == Feed.LIVE;
      boolean late = turn.after().zones().get(zone).liveNanos() > plan.dropOutNanos();
      return !plan.feedFitted()
          || turn.granted(zone)
          || !live
          || !late
          || seen(turn, zone).has(Cause.FEED_ABNORMAL) && upstreamLatched(turn, zone);
    }
  },
  UNKNOWN_FEED_IS_LIVE_FOR_GAS(
      "S15", "for gas an unknown feed latches, upstream too, as live would") {
    @Override
    boolean holds(Turn turn, int zone) {
      Plan.Zone plan = turn.plan().zones().get(zone);
      boolean unknown = turn.inputs().zones().get(zone).feed() == Feed.UNKNOWN;
      boolean late = turn.after().zones().get(zone).undeadNanos() > plan.dropOutNanos();
      return !plan.feedFitted()
          || turn.granted(zone)
          || !unknown
          || !late
          || !Demand.gasShown(turn, zone)
          || seen(turn, zone).has(Cause.FEED_ABNORMAL) && upstreamLatched(turn, zone);
    }
  },
  FEED_ABNORMAL_ONLY_WHILE_WITHHELD("S2", "granted with a dead feed is never a cause") {
    @Override
    boolean holds(Turn turn, int zone) {
      ZoneNotes was = turn.before().zones().get(zone);
      boolean came =
          seen(turn, zone).has(Cause.FEED_ABNORMAL) && !was.seen().has(Cause.FEED_ABNORMAL);
      return !came
          || !was.granted()
              && turn.plan().zones().get(zone).feedFitted()
              && (was.doubted() || turn.inputs().zones().get(zone).feed() != Feed.DEAD);
    }
  },
  DISOBEYING_OUTPUT_IS_SEEN("S10", "withheld and not read open in time latches, upstream too") {
    @Override
    boolean holds(Turn turn, int zone) {
      long notOff = turn.after().zones().get(zone).notOffNanos();
      return turn.granted(zone)
          || notOff <= turn.plan().times().readBackNanos()
          || seen(turn, zone).has(Cause.OUTPUT_FAULT)
              && upstreamLatched(turn, zone)
              && !turn.decision().answersGuard();
    }
  },
  UPSTREAM_STANDS("S3", "upstream stays withheld as long as the downstream latch stands") {
    @Override
    boolean holds(Turn turn, int zone) {
      return !seen(turn, zone).has(Cause.FEED_ABNORMAL) || upstreamLatched(turn, zone);
    }
  },
  FEED_ABNORMAL_STANDS("S3", "only the person who mended the breaker ends it, no dead feed") {
    @Override
    boolean holds(Turn turn, int zone) {
      boolean was = turn.before().zones().get(zone).active().has(Cause.FEED_ABNORMAL);
      return !was
          || turn.view(zone).active().has(Cause.FEED_ABNORMAL)
          || reset(turn.before().consent().consented(), zone)
              .filter(Request.Reset::repaired)
              .isPresent();
    }
  },
  REPAIR_THEN_PROOF("S3", "a failed breaker owes a proof test, which only a dead feed passes") {
    @Override
    boolean holds(Turn turn, int zone) {
      ZoneNotes was = turn.before().zones().get(zone);
      ZoneNotes is = turn.after().zones().get(zone);
      boolean opensAfterFault = turn.opens(zone) && was.seen().has(Cause.FEED_ABNORMAL);
      return (is.proofDue() || !was.proofDue() || passed(turn, zone))
          && (!opensAfterFault || is.proofDue());
    }
  },
  A_TEST_THAT_FAILS_IS_OWED("S15, S18", "only a dead feed in time ends a test, or it stays owed") {
    @Override
    boolean holds(Turn turn, int zone) {
      boolean was = turn.before().zones().get(zone).active().has(Cause.PROOF_TEST);
      return !was
          || turn.view(zone).active().has(Cause.PROOF_TEST)
          || passed(turn, zone) != turn.after().zones().get(zone).proofDue();
    }
  },
  EVENTS_TELL_THE_PERMIT("§7", "each change of a permit is told, and nothing else is") {
    @Override
    boolean holds(Turn turn, int zone) {
      boolean was = turn.before().zones().get(zone).granted();
      boolean is = turn.granted(zone);
      List<Event> events = turn.decision().events();
      long withheld =
          events.stream().filter(e -> e instanceof Event.Withheld w && w.zone() == zone).count();
      long granted =
          events.stream().filter(e -> e instanceof Event.Granted g && g.zone() == zone).count();
      return withheld == (was && !is ? 1 : 0) && granted == (!was && is ? 1 : 0);
    }
  },
  EVENTS_TELL_THE_CAUSES("§7", "each cause that comes or goes is told, and nothing else is") {
    @Override
    boolean holds(Turn turn, int zone) {
      Causes was = turn.before().zones().get(zone).active();
      Causes is = turn.view(zone).active();
      Causes came = Causes.NONE;
      Causes went = Causes.NONE;
      for (Event event : turn.decision().events()) {
        if (event instanceof Event.CauseCame c && c.zone() == zone) {
          came = came.with(c.cause());
        } else if (event instanceof Event.CauseWent w && w.zone() == zone) {
          went = went.with(w.cause());
        }
      }
      return came.equals(is.without(was)) && went.equals(was.without(is));
    }
  },
  PEOPLE_SEE_WHAT_IS_MISSING("§1 why", "a withheld zone says what is missing, a granted nothing") {
    @Override
    boolean holds(Turn turn, int zone) {
      return turn.granted(zone) == turn.view(zone).wanting().isEmpty();
    }
  };

  static final List<ZoneRule> ALL = List.of(values());

  private static final Causes TRIPS = Causes.of(Cause.PANEL_TRIP, Cause.REMOTE_TRIP);

  private final String source;
  private final String sentence;

  ZoneRule(String source, String sentence) {
    this.source = source;
    this.sentence = sentence;
  }

  abstract boolean holds(Turn turn, int zone);

  String source() {
    return source;
  }

  String sentence() {
    return sentence;
  }

  private static Causes seen(Turn turn, int zone) {
    return turn.view(zone).lock().seen();
  }

  /** The zone that feeds this one, where there is one, is withheld and says why. */
  private static boolean upstreamLatched(Turn turn, int zone) {
    var upstream = turn.plan().zones().get(zone).upstream();
    return upstream.isEmpty()
        || !turn.granted(upstream.getAsInt())
            && seen(turn, upstream.getAsInt()).has(Cause.DOWNSTREAM);
  }

  /** Power was withheld for a test, and nothing but this zone's breaker made the feed dead. */
  private static boolean passed(Turn turn, int zone) {
    ZoneNotes was = turn.before().zones().get(zone);
    long nanos = was.sinceNanos() + turn.elapsedNanos();
    return was.active().has(Cause.PROOF_TEST)
        && turn.inputs().zones().get(zone).feed() == Feed.DEAD
        && nanos <= turn.plan().zones().get(zone).dropOutNanos()
        && !Demand.guard(turn)
        && supplied(turn, zone);
  }

  /** Every zone that feeds it has its permit, and power where that is measured. */
  private static boolean supplied(Turn turn, int zone) {
    var upstream = turn.plan().zones().get(zone).upstream();
    if (upstream.isEmpty()) {
      return true;
    }
    int above = upstream.getAsInt();
    boolean measured = turn.plan().zones().get(above).feedFitted();
    return turn.before().zones().get(above).granted()
        && (!measured || turn.inputs().zones().get(above).feed() == Feed.LIVE)
        && supplied(turn, above);
  }

  /** A request about one zone that is not a reset: used where only a reset may release. */
  static Optional<Request.Reset> reset(Optional<Request> request, int zone) {
    return request
        .filter(Request.Reset.class::isInstance)
        .map(Request.Reset.class::cast)
        .filter(reset -> reset.zone() == zone);
  }
}
