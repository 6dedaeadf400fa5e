package davy.controller;

import davy.controller.command.Exit;
import davy.controller.config.Office;
import davy.controller.config.OfficeFile;
import davy.controller.county.CountyBook;
import davy.controller.county.CountyOffice;
import davy.controller.county.CountyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code davy county}: receives the evidence of many stations into PostgreSQL, for proof. */
@Command(
    name = "davy county",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The county's end of the evidence stream: checks chains and signatures, keeps every record"
          + " in PostgreSQL, asks for what is missing, acknowledges what it has committed.",
      "Without ACTION it receives until it is stopped. status: how it stands with each station;"
          + " exit 1 where records are missing or forged. export: every line of a station's"
          + " present journal, as it was received."
    })
public final class CountyMain implements Callable<Integer> {

  /** Tells of every lost link at length; we say what matters. Held, or it is forgotten. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  /** What is to be done. */
  enum Action {
    receive,
    status,
    export
  }

  @Parameters(index = "0", paramLabel = "FILE", description = "county.toml")
  private Path file;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "status or export")
  private Action action = Action.receive;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "STATION",
      description = "MINE/STATION; status: this one alone")
  private Optional<String> station = Optional.empty();

  @Option(names = "--json", description = "status: one JSON object a station")
  private boolean json;

  private CountyMain() {}

  public static void main(String[] arguments) {
    PAHO.setLevel(Level.OFF);
    CommandLine line = new CommandLine(new CountyMain());
    line.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return switch (OfficeFile.read(file)) {
        case OfficeFile.Outcome.Accepted accepted -> act(accepted.office());
        case OfficeFile.Outcome.Refused refused -> {
          refused.complaints().forEach(System.err::println);
          yield Exit.CONFIG;
        }
      };
    } catch (IOException e) {
      System.err.println("davy county: can't be read: " + e.getMessage());
      return Exit.NO_INPUT;
    } catch (SQLException e) {
      System.err.println("davy county: the data base: " + e.getMessage());
      return Exit.IO_ERROR;
    }
  }

  private int act(Office office) throws IOException, SQLException, InterruptedException {
    return switch (action) {
      case receive -> receive(office);
      case status -> status(office);
      case export -> export(office);
    };
  }

  private static int receive(Office office) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.countDown();
              try {
                stopped.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "davy-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (CountyOffice receiving = CountyOffice.start(office)) {
      stop.await();
      org.tinylog.Logger.info("county: {} records kept since the start", receiving.records());
    }
    stopped.countDown();
    return Exit.OK;
  }

  private int status(Office office) throws IOException, SQLException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try (CountyBook book = CountyBook.open(office)) {
      List<CountyBook.Standing> standings =
          book.standings().stream()
              .filter(one -> station.isEmpty() || station.get().equals(one.station()))
              .toList();
      Instant now = Instant.now();
      for (CountyBook.Standing one : standings) {
        boolean noted = office.keys().containsKey(one.station());
        if (json) {
          out.println(CountyText.json(one, noted));
        } else {
          CountyText.lines(one, noted, now).forEach(out::println);
        }
      }
      boolean inOrder = standings.stream().allMatch(CountyBook.Standing::inOrder);
      return inOrder && !standings.isEmpty() ? Exit.OK : Exit.WRONG;
    }
  }

  private int export(Office office) throws IOException, SQLException {
    if (station.isEmpty()) {
      System.err.println("davy county: export needs MINE/STATION");
      return Exit.USAGE;
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    try (CountyBook book = CountyBook.open(office)) {
      long lines = book.export(station.get(), out);
      out.flush();
      return lines > 0 ? Exit.OK : Exit.NO_INPUT;
    }
  }
}
