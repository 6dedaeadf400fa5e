package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.LineImage;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.controller.scan.Snapshot;
import davy.hal.measure.Spread;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HourlyTest {

  private static final Spread SPREAD = new Spread(9, 900, 90, 110, 120, 130);
  private final List<Entry> entries = new ArrayList<>();
  private int begun;

  private Map<String, Object> measured() {
    LineImage line =
        new LineImage(
            new Tick(0),
            "",
            List.of(),
            List.of(),
            List.of(new LineImage.SlaveHealth("T1", true, 9, 1, 2, 3, 4, 100, SPREAD)),
            15,
            SPREAD);
    return Hourly.fields(7, new Snapshot.ScanTimes(50, 1, 2_000, 3_000, SPREAD), List.of(line));
  }

  @Test
  void eachHourIsRecordedOnceAndBeginsAnew() {
    Hourly hourly = new Hourly(() -> Optional.of(measured()), () -> begun++, entries::add);
    Tick start = new Tick(-5);
    Tick end = hourly.work(start);
    assertEquals(Hourly.HOUR_NANOS, end.nanosSince(start));
    hourly.work(end.plusNanos(-1));
    assertEquals(0, entries.size());
    Tick next = hourly.work(end);
    hourly.work(end.plusNanos(1));
    assertEquals(1, entries.size());
    assertEquals(1, begun);
    assertEquals(EventCode.MEASURES, entries.getFirst().code());
    assertEquals(Hourly.HOUR_NANOS, next.nanosSince(end));
  }

  @Test
  void theRecordHoldsScanLinesRepliesAndErrorsByKind() {
    String line = JsonLine.write(measured());
    assertTrue(line.contains("\"overruns\":1"), line);
    assertTrue(line.contains("\"errors\":{\"T1\":[1,2,3,4]}"), line);
    assertTrue(line.contains("\"replies\":{\"T1\":{\"count\":9,\"sumMicros\":900,"), line);
  }

  @Test
  void beforeTheFirstScanNothingIsRecorded() {
    Hourly hourly = new Hourly(Optional::empty, () -> begun++, entries::add);
    Tick end = hourly.work(new Tick(0));
    hourly.work(end);
    assertEquals(0, entries.size());
  }
}
