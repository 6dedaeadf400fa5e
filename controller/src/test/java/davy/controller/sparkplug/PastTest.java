package davy.controller.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.link.TestSite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastTest {

  private static final String TIME = "\"time\":\"2026-11-22T19:40:00.123Z\"";
  private static final long MILLIS = 1_795_376_400_123L;

  private final Site site = TestSite.site(Optional.empty());
  private final Past past = new Past(EdgeModel.of(site, () -> 0), site);

  private List<String> read(String rest) {
    return past.read("{\"seq\":1," + TIME + "," + rest + "}").stream().map(PastTest::text).toList();
  }

  private static String text(Past.Remark remark) {
    Metric metric = remark.metric();
    assertTrue(metric.historical());
    assertEquals(MILLIS, metric.told().time(), "its own time");
    String device = remark.part().device();
    return device + " " + metric.tag().name() + " " + metric.told().value();
  }

  @Test
  void samplesAreValuesInTheirUnitAndReasonsAreNull() {
    assertEquals(
        List.of(
            "Heads-T1 T1/Value Number[amount=0.41]",
            "Heads-T1 T1/State Text[text=good]",
            "Heads-T1 T1/Fault Text[text=]",
            "Heads-V1 V1/Value Number[amount=0.62]",
            "Heads-V1 V1/State Text[text=good]",
            "Heads-V1 V1/Fault Text[text=]"),
        read("\"code\":\"sample\",\"points\":{\"T1\":41,\"V1\":62,\"T9\":1}"));
    assertEquals(
        List.of("Heads-T1 T1/Value Number[amount=0.42]"),
        read("\"code\":\"sample\",\"points\":{\"T1\":42}"));
    assertEquals(
        List.of(
            "Heads-T1 T1/Value None[]",
            "Heads-T1 T1/State Text[text=faulty]",
            "Heads-T1 T1/Fault Text[text=BROKEN_LINE]"),
        read("\"code\":\"sample\",\"points\":{\"T1\":\"BROKEN_LINE\"}"));
    assertEquals(
        "Heads-T1 T1/State Text[text=overRange]",
        read("\"code\":\"sample\",\"points\":{\"T1\":\"OVER_RANGE\"}").get(1));
  }

  @Test
  void tripsGrantsAndAlarmsAreTold() {
    assertEquals(
        List.of(
            "Zone-Z1 Granted Flag[on=false]",
            "Zone-Z1 Causes/First Text[text=METHANE_HIGH]",
            "Zone-Z1 Causes/FirstPoint Text[text=T1]"),
        read(
            "\"code\":\"zone.withheld\",\"zone\":\"Z1\",\"cause\":\"METHANE_HIGH\","
                + "\"point\":\"T1\""));
    assertEquals(
        List.of("Zone-Z2 Granted Flag[on=true]"),
        read("\"code\":\"zone.granted\",\"zone\":\"Z2\""));
    assertEquals(
        List.of(" Alarm/T1-limit/Life Text[text=Acknowledged]"),
        read("\"code\":\"alarm.changed\",\"alarm\":\"T1-limit\",\"to\":\"Acknowledged\""));
  }

  @Test
  void whatIsUnknownOrDamagedIsLeftToTheEvidence() {
    assertEquals(List.of(), read("\"code\":\"zone.granted\",\"zone\":\"Z9\""));
    assertEquals(List.of(), read("\"code\":\"inputs\",\"steps\":[1]"));
    assertEquals(List.of(), past.read("{\"code\":\"sample\""));
    assertEquals(List.of(), past.read("{\"code\":\"sample\",\"time\":\"yesterday\"}"));
  }
}
