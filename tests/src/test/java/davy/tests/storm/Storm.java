package davy.tests.storm;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.tests.sim.SimFace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code ./davy storm}: episodes by their seeds. */
public final class Storm {

  /** Faults rage for so long in one episode. */
  static final long EPISODE = 7_200 * SimFace.SECOND;

  private static final double HOUR = 3_600.0 * SimFace.SECOND;

  /** Episodes between two words about how far a campaign is. */
  private static final int TELL_EVERY = 25;

  private Storm() {}

  /**
   * What a campaign was.
   *
   * @param episodes that were played
   * @param nanos of simulated time, the calm behind each storm included
   */
  private record Sum(int episodes, long nanos, Oracle.Judged judged) {

    Sum and(Episode.Result result) {
      return new Sum(episodes + 1, nanos + result.nanos(), judged.and(result.judged()));
    }

    String told(double seconds) {
      double raged = episodes * (EPISODE / HOUR);
      return String.format(
          Locale.ROOT,
          "storm: %.0f h of faults in %.1f simulated hours, power for %.1f zone-hours, judged"
              + " %,d times with power and %,d times as power came, %.0f s",
          raged,
          nanos / HOUR,
          judged.liveNanos() / HOUR,
          judged.stood(),
          judged.rose(),
          seconds);
    }
  }

  static Site site() {
    Path file = Path.of("src/test/resources/storm/storm.toml");
    Path found = file.toFile().exists() ? file : Path.of("tests").resolve(file);
    return switch (SiteFile.read(found)) {
      case SiteFile.Outcome.Accepted accepted -> accepted.site();
      case SiteFile.Outcome.Refused refused ->
          throw new AssertionError(refused.complaints().toString());
      case SiteFile.Outcome.Unreadable unreadable -> throw new AssertionError(unreadable);
    };
  }

  /**
   * Plays seeds from the first on, on all cores, until the hours are full or a promise is broken.
   *
   * @return the exit code
   */
  private static int campaign(long first, double hours) throws Exception {
    System.out.printf("storm: seeds from %d on%n", first);
    Site site = site();
    long began = System.nanoTime();
    int episodes = (int) Math.ceil(hours * HOUR / EPISODE);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Optional<Episode.Result>>> results = new ArrayList<>();
      for (int episode = 0; episode < episodes; episode++) {
        results.add(cores.submit(one(site, first + episode, stop)));
      }
      Sum sum = new Sum(0, 0, Oracle.Judged.NOTHING);
      boolean broken = false;
      for (Future<Optional<Episode.Result>> result : results) {
        sum = result.get().map(sum::and).orElse(sum);
        broken |= result.get().flatMap(Episode.Result::broken).isPresent();
        if (sum.episodes() % TELL_EVERY == 0) {
          System.out.printf("storm: %d of %d episodes%n", sum.episodes(), episodes);
        }
      }
      System.out.println(sum.told((System.nanoTime() - began) / 1e9));
      return broken ? 1 : 0;
    }
  }

  /** A broken promise is told at once, and no episode begins after it. */
  private static Callable<Optional<Episode.Result>> one(Site site, long seed, AtomicBoolean stop) {
    return () -> {
      if (stop.get()) {
        return Optional.empty();
      }
      Episode.Result result = new Episode(site, seed, false).run(EPISODE);
      result.broken().ifPresent(what -> tellBroken(seed, what));
      stop.compareAndSet(false, result.broken().isPresent());
      return Optional.of(result);
    };
  }

  private static void tellBroken(long seed, String what) {
    System.out.printf(
        "seed %d broke a promise %s%nreplay it with: ./davy storm --seed %d%n", seed, what, seed);
  }

  /** Exit code 0 where every promise was kept, 1 where one was broken, 64 for wrong arguments. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    if (words.size() == 2 && words.getFirst().equals("--seed")) {
      System.exit(tell(Long.parseLong(words.get(1))));
    }
    if (words.size() == 2 && words.getFirst().equals("--hours")) {
      System.exit(campaign(System.currentTimeMillis(), Double.parseDouble(words.get(1))));
    }
    if (words.size() == 4 && words.getFirst().equals("--hours") && words.get(2).equals("--from")) {
      System.exit(campaign(Long.parseLong(words.get(3)), Double.parseDouble(words.get(1))));
    }
    System.err.println(
        """
        usage: ./davy storm --seed N     one episode from this seed, told line by line
               ./davy storm --hours H [--from SEED]
                                so many hours of faults, from fresh seeds unless told""");
    System.exit(words.equals(List.of("--help")) ? 0 : 64);
  }

  private static int tell(long seed) {
    Episode.Result result = new Episode(site(), seed, true).run(EPISODE);
    System.out.println(result.broken().orElse("every promise was kept"));
    return result.broken().isPresent() ? 1 : 0;
  }
}
