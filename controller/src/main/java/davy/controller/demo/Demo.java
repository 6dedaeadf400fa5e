package davy.controller.demo;

import davy.controller.config.Folders;
import davy.controller.demo.Narrator.Words;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.tinylog.Logger;

/**
 * One run of the demonstration, from the empty folder to the verdict. The main thread, which also
 * starts every process; its end may come from the program's end at any time.
 */
public final class Demo {

  public static final int PASSED = 0;
  public static final int FAILED = 1;

  /** Something that the demonstration needs is not there. */
  public static final int UNAVAILABLE = 69;

  private static final long MINE_MILLIS = 20_000;
  private static final long POWER_MILLIS = 180_000;
  private static final long LOOK_MILLIS = 200;

  /** A part did not come up; the message says which, and where its own words are. */
  private static final class Stuck extends Exception {
    private static final long serialVersionUID = 1L;

    Stuck(String message) {
      super(message);
    }
  }

  private final DemoOptions options;
  private final DemoFolder folder;
  private final Narrator narrator;
  private final Chronicle chronicle;
  private final Children children;
  private final County county;
  private final Happenings<Status> frames = new Happenings<>();
  private volatile Optional<LinkClient> watcher = Optional.empty();
  private Optional<Daemons> daemons = Optional.empty();
  private volatile boolean ending;

  private Demo(DemoOptions options, DemoFolder folder, PrintStream out) throws IOException {
    this.options = options;
    this.folder = folder;
    Tick start = new Tick(System.nanoTime());
    this.narrator = new Narrator(out, options.json(), options.chinese(), start);
    this.chronicle = new Chronicle(narrator);
    this.children = new Children(folder.logs(), narrator);
    this.county = new County(children, folder.path(), options.broker());
  }

  /** What bad-wire plays, in its order. */
  public static List<String> faults() {
    return WireHarm.catalogue().stream().map(WireHarm::name).toList();
  }

  /**
   * Runs it; returns the exit code. Ctrl-C ends it at any time, without a trace.
   *
   * @throws IOException when the folder can't be made
   */
  public static int run(DemoOptions options, PrintStream out)
      throws IOException, InterruptedException {
    Demo demo = new Demo(options, DemoFolder.make(options.root(), options.keep()), out);
    Logger.debug("the logger can't start while the program ends, so it starts now");
    Runtime.getRuntime().addShutdownHook(new Thread(demo::end, "end"));
    try {
      return demo.play();
    } finally {
      demo.end();
    }
  }

  private int play() throws IOException, InterruptedException {
    try {
      MineLink mine = start();
      return options.scenario().isPresent()
          ? play(options.scenario().get(), mine)
          : new Live(mine, children, daemons.orElseThrow()::tellGuard, narrator).run();
    } catch (County.Missing | Stuck e) {
      narrator.tell("stuck", new Words(e.getMessage(), e.getMessage()));
      narrator.close(Map.of("passed", false, "complaints", List.of(e.getMessage())), List.of());
      return UNAVAILABLE;
    } catch (IOException e) {
      if (ending) {
        return FAILED;
      }
      throw e;
    }
  }

  /** Starts every process and waits until the heading has power. */
  private MineLink start() throws IOException, InterruptedException, County.Missing, Stuck {
    Programs programs = new Programs(Programs.installed(), folder.temporary());
    Path root = folder.path();
    narrator.tell("folder", new Words("All files are in " + root + ".", "全部文件在 " + root + "。"));
    Children.Child process = children.converse("mine", programs.mine(root, options.seed()));
    Electrician electrician = new Electrician(this::present, this::accept, this::button);
    MineLink mine =
        new MineLink(
            process.process(),
            fact -> {
              electrician.hear(fact);
              chronicle.hear(fact);
            });
    county.start();
    await(mine, MINE_MILLIS, fact -> fact.kind() == Fact.Kind.READY, () -> {}, "the mine");
    int port = panelPort();
    Path site = DemoSite.write(root, county.uri(), county.key(), port);
    daemons = Optional.of(daemons(programs, site, mine));
    children.start("station", programs.station(site, root));
    watcher =
        Optional.of(
            LinkClient.start(folders().run(), LinkClient.Kind.WATCHER, this::hear, Clock.SYSTEM));
    electrician.start(mine);
    String address = "http://127.0.0.1:" + port;
    String who = DemoSite.PERSON + " or " + DemoSite.SECOND + " / " + DemoSite.PIN;
    narrator.tell(
        "panel",
        new Words(
            "The panel is at " + address + " (person and PIN: " + who + ").",
            "面板地址 " + address + " （人员和 PIN：" + who + "）。"));
    Hand hand = new Hand(this::ask, frames);
    Mender mender = new Mender(mine.facts(), frames, hand, narrator, new ArrayList<>());
    await(
        mine,
        POWER_MILLIS,
        fact -> fact.is(Fact.Kind.FEED, "zone", Play.ZONE) && fact.flag("live"),
        mender::reset,
        "power at the heading");
    return mine;
  }

  private Daemons daemons(Programs programs, Path site, MineLink mine)
      throws IOException, InterruptedException, Stuck {
    try {
      Path root = folder.path();
      GuardBoard guard = GuardBoard.make(programs.guard(), root, site, children, mine);
      return new Daemons(children, mine, programs.interlock(site, root), guard, clock());
    } catch (GuardBoard.Missing e) {
      throw new Stuck(e.getMessage());
    }
  }

  /** Only where the scenario steps it: every other one runs under the machine's own. */
  private Optional<WallClock> clock() throws IOException, Stuck {
    if (!options.scenario().equals(Optional.of(Scenario.CLOCK_STEP))) {
      return Optional.empty();
    }
    Optional<WallClock> clock = WallClock.make(folder.path());
    if (clock.isEmpty()) {
      throw new Stuck("libfaketime is missing; install it with: sudo apt-get install libfaketime");
    }
    return clock;
  }

  private Folders folders() {
    return Folders.of(Optional.of(folder.path()));
  }

  /** The latest frame, while the interlock is there and tells. */
  private Optional<Status> present() {
    return watcher.flatMap(LinkClient::latest).flatMap(_ -> frames.latest());
  }

  private void accept(Map<String, String> fields) {
    narrator.tell(
        "accept",
        new Words(
            "Two persons accept the configuration and turn the consent key.", "两人确认配置并转动确认钥匙。"));
    watcher.ifPresent(link -> link.ask("accept-configuration", fields));
  }

  private void button(boolean held) {
    if (held) {
      narrator.tell(
          "button",
          new Words("Somebody holds the guard's button: it learns the site.", "有人按住看门狗按钮，使其记住站点。"));
    }
    daemons.ifPresent(all -> all.button(held));
  }

  private String ask(String kind, Map<String, String> fields) {
    return watcher.map(link -> link.ask(kind, fields)).orElse("{}");
  }

  /** A status frame of the interlock. */
  private void hear(LinkClient.Frame frame) {
    try {
      Status status = new Status(JsonLine.read(frame.json()));
      chronicle.hear(status);
      frames.add(status);
    } catch (JsonLine.Malformed e) {
      Logger.error(e, "the interlock sent no JSON object");
    }
  }

  /**
   * @param meanwhile done again and again
   */
  private void await(
      MineLink mine, long limitMillis, Predicate<Fact> wanted, Runnable meanwhile, String what)
      throws InterruptedException, Stuck {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    while (mine.facts().await(0, LOOK_MILLIS, wanted).isEmpty()) {
      meanwhile.run();
      Optional<Children.Child> ended = children.ended().stream().findFirst();
      if (ended.isPresent()) {
        throw new Stuck(
            "the process " + ended.get().name() + " has ended: " + tail(ended.get().log()));
      }
      if (System.nanoTime() - end > 0) {
        throw new Stuck(what + " did not come; see the logs with --keep: " + folder.logs());
      }
    }
  }

  /** The last words of a process. */
  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private int panelPort() throws IOException {
    if (options.headless()) {
      return County.freePort();
    }
    try (ServerSocket socket =
        new ServerSocket(options.port(), 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException _) {
      int free = County.freePort();
      narrator.tell(
          "port",
          new Words(
              "Port " + options.port() + " is taken; the panel takes " + free + ".",
              "端口 " + options.port() + " 已被占用，面板改用 " + free + "。"));
      return free;
    }
  }

  private int play(Scenario scenario, MineLink mine) throws InterruptedException, County.Missing {
    Hand hand = new Hand(this::ask, frames);
    Play play =
        new Play(mine, frames, county, hand, daemons.orElseThrow(), folders().journal(), narrator);
    play.run(scenario, options.faults());
    List<String> complaints = new ArrayList<>(play.complaints());
    children.ended().forEach(child -> complaints.add("the process " + child.name() + " has ended"));
    stay();
    watcher.ifPresent(LinkClient::close);
    children.close();
    JournalCheck journal = JournalCheck.of(folders().journal());
    if (scenario == Scenario.TAMPER && journal.sound()) {
      complaints.add("the journal was edited, and its chain holds");
    } else if (scenario != Scenario.TAMPER && !journal.sound()) {
      complaints.add("the journal is not in order: " + journal.trouble());
    }
    if (scenario == Scenario.CLOCK_STEP) {
      complaints.addAll(ClockPlay.complaints(folders().journal()));
    }
    boolean passed = complaints.isEmpty();
    narrator.close(
        result(scenario, play, journal, complaints), sentences(play, journal, complaints));
    return passed ? PASSED : FAILED;
  }

  /** With a person at a terminal the panel stays open until Ctrl-C. */
  private void stay() throws InterruptedException {
    if (options.headless() || options.json() || System.console() == null) {
      return;
    }
    narrator.tell(
        "stay",
        new Words(
            "The scenario is over; the panel stays open until you press Enter.",
            "情景结束；按回车键前面板保持打开。"));
    System.console().readLine();
  }

  private Map<String, Object> result(
      Scenario scenario, Play play, JournalCheck journal, List<String> complaints) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scenario", scenario.id());
    fields.put("passed", complaints.isEmpty());
    fields.put("trips", play.verdicts().stream().map(Judgement::fields).toList());
    fields.put("complaints", complaints);
    fields.put("seed", options.seed());
    fields.put("limitMillis", Judge.LEGAL_MILLIS);
    fields.put("journalRecords", journal.records());
    fields.put("journalOk", journal.sound());
    return fields;
  }

  private static List<Words> sentences(Play play, JournalCheck journal, List<String> complaints) {
    List<Words> words = new ArrayList<>();
    play.verdicts().forEach(verdict -> words.add(verdict.words()));
    words.add(
        new Words(
            "Journal: "
                + journal.records()
                + " records, the chain "
                + (journal.sound() ? "holds." : "is broken: " + journal.trouble()),
            "日志："
                + journal.records()
                + " 条记录，"
                + (journal.sound() ? "链完整。" : "链已断：" + journal.trouble())));
    complaints.forEach(text -> words.add(new Words("FAILED: " + text, "未通过：" + text)));
    if (complaints.isEmpty()) {
      words.add(new Words("PASSED.", "通过。"));
    }
    return words;
  }

  /** Leaves no process and no file behind; any thread, at any time, again and again. */
  private void end() {
    ending = true;
    narrator.hush();
    watcher.ifPresent(LinkClient::close);
    county.close();
    children.close();
    folder.delete();
  }
}
