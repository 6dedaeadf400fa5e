package davy.tests.browser;

import java.util.List;

/** Frames as {@code deploy/docs/seam.md} documents them, for one zone fed past a few points. */
final class Script {

  private static final String TRIP =
      """
      {"zone":"Z1","cause":"METHANE_HIGH","point":"T1","readingTick":4996000000000,
       "commandedTick":4996001200000,"writtenTick":4996017500000,"feedDeadTick":4996259000000}
      """;

  private Script() {}

  /** Power on, gas low. */
  static String quiet() {
    String zone = zone("GRANTED", "Open", "ON", "LIVE", "");
    return frame(zone, List.of(good("T1", "0.40", false, ""), good("T2", "0.32", false, "")), "");
  }

  /** Cut for methane at T1, the feed dead, T2 at alarm. */
  static String tripped() {
    String zone = zone("WITHHELD", "Tripped", "OFF", "DEAD", "METHANE_HIGH");
    String cause = "\"METHANE_HIGH\"";
    return frame(
        zone, List.of(good("T1", "1.62", true, cause), good("T2", "1.10", true, "")), TRIP);
  }

  /** Cut by the county, which said why. */
  static String remote() {
    String zone =
        zone("WITHHELD", "Latched", "OFF", "DEAD", "REMOTE_TRIP")
            .replace(",\"point\":\"T1\"}", "}")
            .replace(
                "\"output\"",
                "\"remote\":{\"county\":\"Pingdingshan\",\"reason\":\"rescue in 3203\"},"
                    + "\"output\"");
    return frame(zone, List.of(good("T1", "0.40", false, "")), "");
  }

  /** Cut, yet the feed is read live: a welded breaker; and every way a point can fail. */
  static String welded() {
    return frame(
        zone("WITHHELD", "Tripped", "OFF", "LIVE", "SENSOR_STALE"),
        List.of(
            point("T1", "stale", "\"value\":\"0.40\",\"amount\":40,\"ageMillis\":5200"),
            point("T2", "faulty", "\"fault\":\"BROKEN_LINE\",\"ageMillis\":70"),
            point("CO", "overRange", "\"ageMillis\":60"),
            point("T4", "never", "\"fault\":\"\"")),
        "");
  }

  /** Everything that stands beside zones and points: a fan, an exemption, an alarm, a new site. */
  static String registers() {
    String more =
        """
        "guard":{"state":"DROPPED","refusal":"DIGEST","latestDrops":["TOO_LATE"],"trouble":"",
          "lastDrop":"TOO_LATE","dropMillis":402,"drops":3,"dropCounts":{"POWER_UP":1,"TOO_LATE":2},
          "accepted":71,"supplyMillivolts":3287,"temperatureTenths":253,"badFrames":1,
          "lostFrames":0,"link":{"answers":71,"skipped":2,"badFrames":0,"lostFrames":1}},
        "keyWantedBy":9,
        "configuration":{"accepted":false,"digest":"d16e57d16e57d16e57","manualOnly":true,
          "acceptedDigest":"0ld","difference":["- tripAt = 1.50","+ tripAt = 1.40"]},
        "bypasses":[{"kind":"CALIBRATION","point":"T1","person":"Li Na","second":"Wu",
          "reason":"monthly","leftMillis":1200000}],
        "fans":[{"name":"F1","running":false,"machines":["STOPPED","UNKNOWN"],"stop":false,
          "startLock":true,"causes":["FAN_STOPPED"],"zones":["Z1"],"flow":"stale",
          "lowBelow":"0.30"}],
        "alarms":{"lamp":"FLASHING","sounder":true,"muteLeftMillis":0,"count":2,"open":[
          {"name":"T1-high","kind":"OVER_LIMIT","about":"T1","life":"Unacknowledged",
           "grade":"TWO","firstOut":true,"peak":"1.62","shelvable":false},
          {"name":"T2-high","kind":"OVER_LIMIT","about":"T2","life":"Latched",
           "grade":"NONE","firstOut":false,"peak":"1.10","shelvable":false}],
          "hidden":[{"name":"CO-sensor","kind":"SENSOR","about":"CO","life":"Shelved",
           "leftMillis":600000,"person":"Li Na","reason":"being changed"}],
          "closed":[{"name":"T1-limit","kind":"OVER_LIMIT","about":"T1","occurrence":3},
           {"name":"T2-limit","kind":"OVER_LIMIT","about":"T2","occurrence":1}]},
        "answers":[{"id":9,"answer":"WAITING_FOR_KEY","accepted":true,"causes":[],"text":""}],
        """;
    return quiet().replace("\"answers\":[],", more.replace("\n", ""));
  }

  /** All well but the guard, which speaks a later protocol. */
  static String foreignGuard() {
    String guard =
        """
        "guard":{"state":"LOST","refusal":"VERSION","latestDrops":["POWER_UP"],"dropCounts":{},
          "trouble":"the guard speaks protocol version 2, this program 1"},"answers":[],
        """;
    return quiet().replace("\"answers\":[],", guard.replace("\n", ""));
  }

  /** With what was measured: late scans, and a head with every kind of error. */
  static String measured() {
    String times = "\"times\":{\"count\":9,\"p999Micros\":%d,\"maxMicros\":%d}";
    String line =
        """
        "trouble":"",%s,"slaves":[{"name":"head-1","alive":true,"silences":3,"badFrames":41,
          "exceptions":2,"secondAnswers":1,%s},{"name":"head-2","alive":true,"silences":0,
          "badFrames":0,"exceptions":0,"secondAnswers":0,%s}]
        """;
    return quiet()
        .replace("\"overruns\":0", "\"overruns\":7," + times.formatted(412, 2_345))
        .replace(
            "\"trouble\":\"\",\"slaves\":[]",
            line.formatted(
                    times.formatted(51_200, 60_040),
                    times.formatted(33_100, 34_000),
                    times.formatted(30_000, 31_000))
                .replace("\n", ""));
  }

  private static String frame(String zone, List<String> points, String trips) {
    String frame =
        """
        {"type":"status","frame":1,"dropped":0,"tick":5000000000000,"nonce":"0123456789abcdef",
         "site":{"name":"heading-3204","title":"3204 掘进工作面","bench":true,"demo":false,
                 "profile":"cn-aq1029-heading","profileDigest":"0f1e2d3c4b5a",
                 "profileReviewed":false},
         "journal":{"ok":true,"trouble":"","lost":0},
         "scan":{"periodMillis":50,"overruns":0,"ageMillis":10},"key":"RELEASED",
         "zones":[%s],"points":[%s],"trips":[%s],"answers":[],
         "lines":[{"name":"sensors","trouble":"","slaves":[]}]}
        """;
    return frame.formatted(zone, String.join(",", points), trips).replace("\n", "");
  }

  private static String zone(String permit, String lock, String output, String feed, String cause) {
    String zone =
        """
        {"name":"Z1","title":"掘进头及其进风流","permit":"%s","lock":"%s","release":"AUTOMATIC",
         "waitsForKey":false,"output":"%s","feed":"%s",%s}
        """;
    String causes =
        """
        "seen":["%1$s"],"active":["%1$s"],"wanting":["CAUSES_GONE","STABLE_TIME"],
        "first":{"cause":"%1$s","point":"T1"}
        """;
    String none = "\"seen\":[],\"active\":[],\"wanting\":[]";
    String why = cause.isEmpty() ? none : causes.formatted(cause);
    return zone.formatted(permit, lock, output, feed, why);
  }

  private static String good(String name, String value, boolean alarm, String causes) {
    String amount = value.replace(".", "").replaceFirst("^0+", "");
    return point(
        name,
        "good",
        "\"value\":\"%s\",\"amount\":%s,\"ageMillis\":120,\"alarm\":%s,\"causes\":[%s]"
            .formatted(value, amount, alarm, causes));
  }

  /** The later of two fields of one name counts. */
  private static String point(String name, String state, String more) {
    String point =
        """
        {"name":"%1$s","title":"掘进头 %1$s","place":"","quantity":"METHANE","unit":"%%CH4",
         "state":"%2$s","ageLimitMillis":1500,"alarm":false,"trusted":true,"causes":[],
         "alarmAt":"1.00","tripAt":"1.50","restoreBelow":"1.00",%3$s}
        """;
    return point.formatted(name, state, more);
  }
}
