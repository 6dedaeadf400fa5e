package davy.controller.doctor;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.hal.pi.GpioSurvey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at everything in turn. */
public final class Doctor {

  private static final long NANOS_OF_A_SECOND = 1_000_000_000L;
  private static final long MILLIS_OF_A_SECOND = 1_000;

  private Doctor() {}

  /**
   * Blocks for twice the seconds given and a few more.
   *
   * @param site empty to look at every adapter there is
   * @param home Davy's own folder
   * @param seconds how long to measure the jitter, and terminals as long
   */
  public static List<Finding> examine(
      Optional<Site> site, Folders folders, Path home, int seconds) {
    Machine machine = Machine.OWN;
    return Stream.of(
            new GpioExam(machine, GpioExam.Chips.of(new GpioSurvey())).look(site),
            new SerialExam(machine, path -> Files.isReadable(path) && Files.isWritable(path))
                .look(site),
            new RealTimeExam(
                    machine,
                    () -> Jitter.measure(seconds * NANOS_OF_A_SECOND, RealTimeExam.PRIORITY),
                    () -> Carriage.measure(seconds * NANOS_OF_A_SECOND, RealTimeExam.PRIORITY))
                .look(),
            new ClockExam(machine, () -> System.currentTimeMillis() / MILLIS_OF_A_SECOND).look(),
            new DiskExam(folders.journal(), DiskExam.Disk.OWN).look(),
            new JavaExam(Runtime.version(), home, Path.of(System.getProperty("java.home"))).look())
        .flatMap(List::stream)
        .toList();
  }
}
