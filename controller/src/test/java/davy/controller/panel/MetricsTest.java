package davy.controller.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricsTest {

  private static final String FRAME =
      """
      {"scan":{"scans":7,"overruns":1,"times":{"count":7,"sumMicros":2100,"p50Micros":300,
      "p99Micros":400,"p999Micros":400,"maxMicros":1500000}},
      "journal":{"ok":true,"lost":0,"slowCommits":2},
      "guard":{"state":"ARMED","accepted":9,"dropCounts":{"POWER_UP":2,"TOO_LATE":1},
      "supplyMillivolts":3300},
      "zones":[{"name":"Z1","permit":"GRANTED"},{"name":"Z\\"2\\\\","permit":"WITHHELD"}],
      "lines":[{"name":"a","trouble":"","times":{"count":2,"sumMicros":60000},
      "slaves":[{"name":"T1","alive":true,"silences":3,"badFrames":0,"exceptions":0,
      "secondAnswers":1,"times":{"count":9,"p99Micros":32000}}]},
      {"name":"b","trouble":"no such device","slaves":[]}]}
      """;

  private static List<String> lines() {
    return Metrics.of(Optional.of(FRAME), 250_000_000).lines().toList();
  }

  private static void assertHas(String line) {
    assertTrue(lines().contains(line), () -> line + " is not in " + String.join("\n", lines()));
  }

  @Test
  void whatTheFrameSaysIsSaidWithItsLabels() {
    assertHas("davy_frame_present 1");
    assertHas("davy_frame_age_seconds 0.25");
    assertHas("davy_scans_total 7");
    assertHas("davy_scan_seconds{quantile=\"0.5\"} 3.0E-4");
    assertHas("davy_scan_seconds{quantile=\"1\"} 1.5");
    assertHas("davy_scan_seconds_count 7");
    assertHas("davy_zone_granted{zone=\"Z1\"} 1");
    assertHas("davy_zone_granted{zone=\"Z\\\"2\\\\\"} 0");
    assertHas("davy_guard_armed 1");
    assertHas("davy_guard_drops_total{cause=\"POWER_UP\"} 2");
    assertHas("davy_guard_supply_volts 3.3");
    assertHas("davy_line_open{line=\"a\"} 1");
    assertHas("davy_line_open{line=\"b\"} 0");
    assertHas("davy_line_transaction_seconds_sum{line=\"a\"} 0.06");
    assertHas("davy_slave_errors_total{line=\"a\",slave=\"T1\",kind=\"silences\"} 3");
    assertHas("davy_slave_errors_total{line=\"a\",slave=\"T1\",kind=\"secondAnswers\"} 1");
    assertHas("davy_slave_reply_seconds{line=\"a\",slave=\"T1\",quantile=\"0.99\"} 0.032");
  }

  /** Every line is a remark or a name, labels and a number; each name is told of once before. */
  @Test
  void everyLineIsOneThatPrometheusTakes() {
    String told = "";
    for (String line : lines()) {
      if (line.startsWith("# TYPE ")) {
        told = line.split(" ")[2];
      } else if (!line.startsWith("# HELP ")) {
        assertTrue(
            line.matches("[a-z_]+(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)+})? [0-9.E-]+"), line);
        assertTrue(line.startsWith(told), line + " after " + told);
      }
    }
  }

  @Test
  void withoutAFrameOnlyThatIsSaid() {
    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of("{\"scan\":"))) {
      String text = Metrics.of(none, 0);
      assertTrue(text.endsWith("davy_frame_present 0\n"), text);
      assertEquals(3, text.lines().count());
    }
  }
}
