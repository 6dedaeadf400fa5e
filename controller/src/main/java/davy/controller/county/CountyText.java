package davy.controller.county;

import davy.controller.json.JsonLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How it stands with a station, for people and for programs. */
public final class CountyText {

  private CountyText() {}

  /** One line for the station, and one below it for each finding, complaint and open alarm. */
  public static List<String> lines(CountyBook.Standing station, boolean keyNoted, Instant now) {
    List<String> lines = new ArrayList<>();
    String seen =
        station
            .lastSeen()
            .map(at -> "last seen " + Duration.between(at, now).toSeconds() + " s ago")
            .orElse("never seen");
    lines.add(
        "%s  complete up to %d of %d, signed up to %d; gaps %d, forged %d; %s%s; open alarms %d%s"
            .formatted(
                station.station(),
                station.completeTo(),
                Math.max(station.toldSeq(), station.completeTo()),
                station.signedTo(),
                station.count(Receiver.Kind.GAP),
                station.count(Receiver.Kind.FORGED),
                seen,
                station.offline() ? ", offline" : "",
                station.alarms().size(),
                keyNoted ? "" : "; signer not checked: no key noted"));
    if (!station.complaint().isEmpty()) {
      lines.add("    the station says: " + station.complaint());
    }
    for (Receiver.Finding one : station.findings()) {
      lines.add("    %s at record %d: %s".formatted(one.kind(), one.seq(), one.what()));
    }
    for (CountyBook.OpenAlarm one : station.alarms()) {
      lines.add("    alarm %s %s since %s".formatted(one.name(), one.life(), one.since()));
    }
    return lines;
  }

  /** One JSON object. */
  public static String json(CountyBook.Standing station, boolean keyNoted) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("station", station.station());
    fields.put("epoch", station.epoch());
    fields.put("completeTo", station.completeTo());
    fields.put("toldSeq", station.toldSeq());
    fields.put("signedTo", station.signedTo());
    fields.put("keyNoted", keyNoted);
    fields.put("inOrder", station.inOrder());
    fields.put("gaps", station.count(Receiver.Kind.GAP));
    fields.put("forged", station.count(Receiver.Kind.FORGED));
    station.lastSeen().ifPresent(at -> fields.put("lastSeen", at.toString()));
    fields.put("offline", station.offline());
    fields.put("complaint", station.complaint());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Receiver.Finding one : station.findings()) {
      Map<String, Object> finding = new LinkedHashMap<>();
      finding.put("kind", one.kind().name());
      finding.put("epoch", one.epoch());
      finding.put("seq", one.seq());
      finding.put("what", one.what());
      findings.add(finding);
    }
    fields.put("findings", findings);
    List<Map<String, Object>> alarms = new ArrayList<>();
    station
        .alarms()
        .forEach(
            one ->
                alarms.add(Map.of("name", one.name(), "life", one.life(), "since", one.since())));
    fields.put("alarms", alarms);
    return JsonLine.write(fields);
  }
}
