package davy.controller.command;

import davy.controller.interlock.Causes;
import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Explanation;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A zone's explanation for people: answer first, then what is missing, then every input. */
final class WhyText {

  private final Explanation why;
  private final List<String> lines = new ArrayList<>();

  private WhyText(Explanation why) {
    this.why = why;
  }

  static List<String> lines(Explanation why) {
    WhyText text = new WhyText(why);
    text.answer();
    text.wanting();
    text.points();
    text.fans();
    text.rest();
    return text.lines;
  }

  private void answer() {
    lines.add(
        "%s: power %s"
            .formatted(
                why.zone(), why.permit() == Permit.GRANTED ? "GRANTED 允许供电" : "WITHHELD 断电"));
    String first =
        switch (why.lock()) {
          case Lock.Open _ -> "the lock is open";
          case Lock.Tripped tripped -> "locked: a cause is active; first " + first(tripped.first());
          case Lock.Latched latched ->
              "locked: every cause is gone, not yet released; first " + first(latched.first());
        };
    lines.add("  lock     " + first);
    lines.add("  causes   now " + causes(why.active()));
    if (why.permit() == Permit.WITHHELD) {
      lines.add("           since it was last open " + causes(why.lock().seen()));
    }
    lines.add(
        "  release  "
            + switch (why.release()) {
              case AUTOMATIC -> "by itself after the stable time, where no cause needs a person";
              case MANUAL -> "by a person's reset and the consent key";
            });
  }

  private String first(Lock.FirstOut first) {
    return first.cause().name()
        + " "
        + first.cause().chinese()
        + why.firstPoint().map(point -> " at " + point).orElse("");
  }

  private static String causes(Causes causes) {
    return causes.none()
        ? "none"
        : String.join(
            " + ",
            causes.list().stream().map(cause -> cause.name() + " " + cause.chinese()).toList());
  }

  private void wanting() {
    if (why.permit() == Permit.WITHHELD) {
      lines.add("");
      lines.add("missing before power may return:");
      int number = 1;
      for (Wanting one : why.wanting()) {
        lines.add("  %d. %s".formatted(number++, wanting(one)));
      }
    }
  }

  private static String wanting(Wanting one) {
    return switch (one) {
      case CAUSES_GONE -> "what the heads and fans bring must go";
      case SCAN_IN_TIME -> "the scan must keep its period";
      case FAN_READ -> "every machine of the fan and the flow in its duct must be read";
      case START_HOLD -> "the hold after power-on, or after the guard armed, must run in full";
      case OUTPUT_OFF -> "the cut-off output must be read back off";
      case FEED_DEAD -> "the feed must be read dead";
      case GUARD_ARMED -> "the guard must be armed";
      case CONFIGURATION -> "two named persons must accept the configuration";
      case DOWNSTREAM_RELEASED -> "the zone fed through this one must be released first";
      case REPAIR -> "a named person must say that the breaker was repaired";
      case DEGASSED -> "gas must stay below the degassing level for its time";
      case STABLE_TIME -> "every cause must stay away for the stable time";
      case PORTABLE -> "a portable instrument must read below the restore level";
      case RESET -> "a named person must ask for a reset, with PIN";
      case CONSENT_KEY -> "the consent key must be turned";
      case RECORD -> "the record of the reset must be on disk";
    };
  }

  private void points() {
    TextTable table =
        new TextTable(
            List.of(
                "point",
                "reads",
                "trusted",
                "alarm at",
                "trip at",
                "restore below",
                "in service",
                "votes",
                "cuts",
                "causes"));
    for (Explanation.Group group : why.groups()) {
      for (Explanation.Member member : group.members()) {
        table.add(
            List.of(
                member.point(),
                reads(member.input()),
                yes(member.trusted()),
                methane(member.alarmAt()),
                methane(member.tripAt()),
                methane(member.restoreBelow()),
                yes(member.inService()),
                member.votes() ? "trip" : "-",
                yes(member.cuts()),
                causes(member.causes())));
      }
    }
    lines.add("");
    lines.add("methane points, %CH4:");
    table.lines().forEach(line -> lines.add("  " + line));
    why.groups().stream().map(WhyText::group).forEach(line -> lines.add("  " + line));
  }

  private static String group(Explanation.Group group) {
    List<String> names = group.members().stream().map(Explanation.Member::point).toList();
    long votes = group.members().stream().filter(Explanation.Member::votes).count();
    String rule =
        group.voting() == Plan.Voting.ANY
            ? "any one trips"
            : "two of three trip, now " + group.needed();
    return "group %s: %s%s%s; votes to trip: %d; it brings %s"
        .formatted(
            String.join(", ", names),
            rule,
            group.singleFaultCuts() ? ", a single failed head too" : "",
            group
                .differBy()
                .map(limit -> ", also heads more than " + methane(limit) + " apart")
                .orElse(""),
            votes,
            causes(group.causes()));
  }

  private static String reads(PointInput input) {
    return switch (input) {
      case PointInput.Good good ->
          methane(good.value()) + (good.fresh() ? " just read" : " in time");
      case PointInput.OverRange _ -> "over its range";
      case PointInput.Faulty faulty -> "faulty: " + faulty.fault();
      case PointInput.Stale _ -> "nothing young enough";
    };
  }

  private static String methane(Methane methane) {
    return BigDecimal.valueOf(methane.hundredths(), 2).toPlainString();
  }

  private static String yes(boolean flag) {
    return flag ? "yes" : "no";
  }

  private void fans() {
    for (Explanation.Fan fan : why.fans()) {
      lines.add("");
      lines.add(
          "fan %s: machines %s, %s%s%s; it brings %s"
              .formatted(
                  fan.name(),
                  fan.input().machines(),
                  fan.view().running() ? "running" : "counts as stopped",
                  fan.view().stop() ? ", commanded to stop" : "",
                  fan.view().startLock() ? ", its start is locked" : "",
                  causes(fan.view().causes())));
      fan.limit()
          .ifPresent(
              limit ->
                  lines.add(
                      "  duct flow %s, low below %s m/s"
                          .formatted(flow(fan.input().flow()), speed(limit.lowBelow()))));
    }
  }

  private static String flow(FlowInput flow) {
    return switch (flow) {
      case FlowInput.Good good -> speed(good.amount()) + " m/s";
      case FlowInput.Faulty faulty -> "faulty: " + faulty.fault();
      case FlowInput.Stale _ -> "nothing young enough";
    };
  }

  private static String speed(int hundredths) {
    return BigDecimal.valueOf(hundredths, 2).toPlainString();
  }

  private void rest() {
    lines.add("");
    lines.add("output    read back " + why.output());
    lines.add("feed      " + (why.feedFitted() ? why.feed() : "no contact fitted"));
    why.upstream().ifPresent(zone -> lines.add("upstream  fed through " + zone));
    lines.add(
        "guard     "
            + (why.guardFitted() ? why.guard() : "none fitted")
            + (why.answersGuard() ? "" : ", no longer answered: an output does not obey"));
    lines.add("key       " + (why.keyFitted() ? why.key() : "none fitted"));
    lines.add("station   " + (why.stationAlive() ? "heard of lately" : "not heard of"));
    lines.add("scan      " + (why.scanLate() ? "LATE beyond its limit" : "in time"));
    if (why.exempted().isEmpty()) {
      lines.add("exempted  nothing");
    }
    for (Explanation.Exempted one : why.exempted()) {
      lines.add(
          "exempted  %s %s by %s%s: %s; ends in %d s"
              .formatted(
                  one.bypass().kind(),
                  one.name(),
                  one.bypass().person(),
                  one.bypass().second().map(second -> " and " + second).orElse(""),
                  one.bypass().reason(),
                  one.bypass().remainingNanos() / 1_000_000_000L));
    }
  }
}
