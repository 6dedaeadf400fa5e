package davy.controller.demo;

import davy.controller.county.Receiver;
import davy.controller.demo.Narrator.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What reaches the county as evidence, and what happens when somebody edits the journal. */
final class EvidencePlay {

  private static final long COMPLETE_MILLIS = 40_000;
  private static final long NAMED_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 100;

  private final County county;
  private final Happenings<Status> frames;
  private final Path journal;
  private final Narrator narrator;
  private final List<String> complaints;

  EvidencePlay(
      County county,
      Happenings<Status> frames,
      Path journal,
      Narrator narrator,
      List<String> complaints) {
    this.county = county;
    this.frames = frames;
    this.journal = journal;
    this.narrator = narrator;
    this.complaints = complaints;
  }

  /** The county has every record that is on disk by now, and nothing is wrong with any. */
  void complete() throws InterruptedException {
    long wanted = frames.latest().map(Status::journalSeq).orElse(0L);
    Optional<Receiver.Report> had = await(COMPLETE_MILLIS, report -> report.completeTo() >= wanted);
    if (had.isEmpty()) {
      complaints.add(
          "the county lacks records: it has up to "
              + county.report().map(Receiver.Report::completeTo).orElse(0L)
              + " of "
              + wanted);
      return;
    }
    had.get().findings().forEach(found -> complaints.add("the county finds fault: " + found));
    narrator.tell(
        "evidence",
        new Words(
            "The county has every record up to "
                + had.get().completeTo()
                + ", each checked; signed up to "
                + had.get().signedTo()
                + ".",
            "县级平台已收到并核验第 " + had.get().completeTo() + " 条以前的全部记录。"));
  }

  /** Somebody who knows the format and lacks the key makes a broken sensor of the gas. */
  void edit() {
    try {
      long edited = Tampering.edit(journal, "METHANE_HIGH", "SENSOR_STALE");
      narrator.tell(
          "tamper",
          new Words(
              "Somebody edits the journal: in record "
                  + edited
                  + " the gas becomes a silent sensor, and all hashes behind it are made anew.",
              "有人改动日志：第 " + edited + " 条记录的瓦斯超限被改成传感器故障，其后哈希全部重算。"));
    } catch (IOException e) {
      complaints.add("the journal could not be edited: " + e.getMessage());
    }
  }

  /** Station and county alike say that the journal was edited, and where. */
  void named() throws InterruptedException {
    Optional<Receiver.Report> found =
        await(
            NAMED_MILLIS,
            report -> !report.findings().isEmpty() && !county.stationSays().isEmpty());
    if (found.isEmpty()) {
      complaints.add(
          "the edit was not named: the station says '"
              + county.stationSays()
              + "', the county "
              + county.report().map(Receiver.Report::findings).orElse(List.of()));
      return;
    }
    String station = county.stationSays();
    Receiver.Finding first = found.get().findings().getFirst();
    narrator.tell("tamper", new Words("The station names it: " + station, "分站自查发现：" + station));
    narrator.tell(
        "tamper",
        new Words(
            "The county names it: record " + first.seq() + ": " + first.what(),
            "县级平台发现：第 " + first.seq() + " 条：" + first.what()));
  }

  private interface Wanted {
    boolean test(Receiver.Report report);
  }

  private Optional<Receiver.Report> await(long limitMillis, Wanted wanted)
      throws InterruptedException {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    while (System.nanoTime() < end) {
      Optional<Receiver.Report> report = county.report().filter(wanted::test);
      if (report.isPresent()) {
        return report;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return Optional.empty();
  }
}
