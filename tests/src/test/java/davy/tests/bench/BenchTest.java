package davy.tests.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run, and a scan allocates no more than it may; no time is asserted. */
@Timeout(120)
final class BenchTest {

  @TempDir private Path folder;

  @Test
  void aScanAllocatesNoMoreThanItMay() throws Exception {
    Path site = BenchSite.write(folder, BenchSite.HEADS_A_LINE, folder::resolve);
    try (NearEnd near = NearEnd.java("scan", site.toString(), "400")) {
      long bytes = near.await("allocated")[0];
      assertTrue(bytes <= ScanPart.GOAL, bytes + " bytes a scan");
    }
  }

  @Test
  void thePollerAndAMasterOnLibmodbusAreMeasuredOnOneWire() throws Exception {
    Report report = new Report("wire");
    WirePart.run(folder, report, true);
    assertTrue(report.value("polls a second, Davy at 115200 baud") > 0);
    assertTrue(report.value("polls a second, libmodbus at 115200 baud") > 0);
  }

  @Test
  void aTransactionIsMeasuredBesideOneOfJ2mod() throws Exception {
    Report report = new Report("transaction");
    TransactionPart.run(folder, report, true);
    String name = "a transaction at 115200 baud without wire, %s, median";
    assertTrue(report.value(name.formatted("Davy")) > 0);
    assertTrue(report.value(name.formatted("j2mod")) > 0);
  }

  @Test
  void theGuardsAnswerIsMeasuredOnTheScansThreadAndHandedOver() throws Exception {
    Report report = new Report("guard");
    GuardPart.run(folder, report, true);
    assertTrue(report.value(GuardPart.COMPUTED) > 0);
    assertTrue(report.value(GuardPart.HANDED) > 0);
  }

  @Test
  void theLargestSiteIsCheckedAndStarted() throws Exception {
    Report report = new Report("large");
    LargePart.run(folder, report, true);
    assertTrue(report.value("davy check") > 0);
    assertTrue(report.value("start to first scan, without a start-up cache") > 0);
  }

  @Test
  void aSectionOfTheResultsIsReplacedAndTheOthersStay() throws Exception {
    Path page = folder.resolve("RESULTS.md");
    Report wire = new Report("wire");
    wire.add("of the wire", 1, 0, "");
    Results.write(page, wire);
    Report scan = new Report("scan");
    scan.goal("of the scan", 2, 0, "B", "≤ 1 B", false);
    Results.write(page, scan);
    Report again = new Report("wire");
    again.add("once more", 3, 0, "");
    Results.write(page, again);
    String text = Files.readString(page);
    assertFalse(text.contains("of the wire"), text);
    assertTrue(text.contains("| once more | 3 "), text);
    assertTrue(text.contains("| of the scan | 2 B | ≤ 1 B | **not met** |"), text);
    assertTrue(text.indexOf("## wire") < text.indexOf("## scan"), text);
  }
}
