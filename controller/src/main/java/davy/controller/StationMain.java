package davy.controller;

import davy.controller.command.Exit;
import davy.controller.config.Complaint;
import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.tinylog.Logger;
import org.tinylog.jul.JulTinylogBridge;

/**
 * The station: panel and uplink, beside an interlock that does not need them. Starts without one,
 * goes on without one, and then says so. Ends cleanly on SIGTERM, with 0.
 *
 * <p>{@code StationMain SITE [--root DIR]}
 */
public final class StationMain {

  private StationMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    JulTinylogBridge.activate();
    Optional<Arguments> read = Arguments.read(List.of(arguments));
    if (read.isEmpty()) {
      System.err.println("usage: station SITE [--root DIR]");
      System.exit(Exit.USAGE);
    }
    Arguments wanted = read.orElseThrow();
    switch (SiteFile.read(wanted.site())) {
      case SiteFile.Outcome.Accepted accepted -> run(accepted.site(), Folders.of(wanted.root()));
      case SiteFile.Outcome.Refused refused -> refuse(refused.complaints(), Exit.CONFIG);
      case SiteFile.Outcome.Unreadable unreadable ->
          refuse(List.of(unreadable.complaint()), Exit.NO_INPUT);
    }
  }

  /** The command line. */
  record Arguments(Path site, Optional<Path> root) {

    static Optional<Arguments> read(List<String> arguments) {
      int root = arguments.indexOf("--root");
      if (arguments.size() == 3 && (root == 0 || root == 1)) {
        Optional<Path> folder = Optional.of(Path.of(arguments.get(root + 1)));
        return plain(arguments.get(root == 0 ? 2 : 0), folder);
      }
      return arguments.size() == 1
          ? plain(arguments.getFirst(), Optional.empty())
          : Optional.empty();
    }

    private static Optional<Arguments> plain(String site, Optional<Path> root) {
      return site.startsWith("-")
          ? Optional.empty()
          : Optional.of(new Arguments(Path.of(site), root));
    }
  }

  private static void refuse(List<Complaint> complaints, int exit) {
    complaints.forEach(System.err::println);
    System.exit(exit);
  }

  private static void run(Site site, Folders folders) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  await(stopped);
                  Runtime.getRuntime().halt(Exit.OK);
                },
                "davy-stop"));
    try (Station station = Station.start(site, folders)) {
      Logger.info("station: panel at {}", station.panel().address());
      System.out.println("panel " + station.panel().address());
      stop.await();
    } catch (IOException e) {
      Logger.error("station: {}", e.getMessage());
      Runtime.getRuntime().halt(Exit.WRONG);
    }
    stopped.countDown();
  }

  private static void await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
