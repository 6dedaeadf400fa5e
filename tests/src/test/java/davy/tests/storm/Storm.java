package davy.tests.storm;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.tests.sim.SimFace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code ./davy storm}: episodes by their seeds. */
public final class Storm {

  /** Faults rage for so long in one episode. */
  static final long EPISODE = 1_800 * SimFace.SECOND;

  private Storm() {}

  /**
   * @param broken one line a seed that broke a promise
   */
  record Sum(double hours, int episodes, int powerUps, double seconds, List<String> broken) {}

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

  /** Plays seeds from the first on, on all cores, until the hours are full. */
  static Sum play(Site site, long first, double hours) throws Exception {
    long began = System.nanoTime();
    int episodes = (int) Math.ceil(hours * 3600 * SimFace.SECOND / EPISODE);
    try (ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Episode.Result>> results = new ArrayList<>();
      for (int episode = 0; episode < episodes; episode++) {
        long seed = first + episode;
        results.add(cores.submit(() -> new Episode(site, seed, false).run(EPISODE)));
      }
      long nanos = 0;
      int powerUps = 0;
      List<String> broken = new ArrayList<>();
      for (int episode = 0; episode < episodes; episode++) {
        Episode.Result result = results.get(episode).get();
        nanos += result.nanos();
        powerUps += result.powerUps();
        long seed = first + episode;
        result.broken().ifPresent(what -> broken.add("seed " + seed + " broke a promise " + what));
      }
      return new Sum(nanos / 3600e9, episodes, powerUps, (System.nanoTime() - began) / 1e9, broken);
    }
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
                                so many simulated hours, from fresh seeds unless told""");
    System.exit(words.equals(List.of("--help")) ? 0 : 64);
  }

  private static int tell(long seed) {
    Episode.Result result = new Episode(site(), seed, true).run(EPISODE);
    System.out.println(result.broken().orElse("every promise was kept"));
    return result.broken().isPresent() ? 1 : 0;
  }

  private static int campaign(long first, double hours) throws Exception {
    Sum sum = play(site(), first, hours);
    System.out.printf(
        Locale.ROOT,
        "storm: %.1f simulated hours, seeds %d to %d, power came back %d times, %.0f s%n",
        sum.hours(),
        first,
        first + sum.episodes() - 1,
        sum.powerUps(),
        sum.seconds());
    sum.broken().forEach(what -> System.out.println(what));
    return sum.broken().isEmpty() ? 0 : 1;
  }
}
