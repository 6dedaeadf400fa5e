package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LineCosts.Pulse;
import davy.bridge.modbus.LinePlan.SlavePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Worst-case times of one line, computed from its plan: what the poller may need, not what it
 * usually does. The arithmetic follows {@link LineSchedule} and is told in words in {@code
 * deploy/docs/latency.md}. Every transaction counts at its full deadline, so silence, noise and
 * slow replies are inside; a port that is lost is not.
 */
public final class LineBudget {

  /** What a time is when the line has more to do than it can: an hour, beyond every limit. */
  public static final long NEVER = 3_600_000_000_000L;

  private final List<SlavePlan> slaves;
  private final LineCosts costs;
  private final LineCosts usual;

  public LineBudget(LinePlan plan) {
    this.slaves = plan.slaves();
    this.costs = new LineCosts(plan);
    this.usual = LineCosts.usually(plan);
  }

  /**
   * One summand of a worst case, for people to check.
   *
   * @param what in plain words
   */
  public record Term(String what, long nanos) {}

  /**
   * Worst time from a value of a healthy slave that was just missed to the arrival of a reading
   * that has it, and so between the arrivals of two readings, with one garbled frame of its own in
   * between (S19), while {@code dead} other slaves do not answer or just stopped answering, and
   * while every coil of the line changes once. For a slave without blocks: the same for its
   * read-back.
   *
   * @return {@link #NEVER} where the refreshes leave no time for polls
   */
  public long worstGapNanos(int slave, int dead) {
    return sum(gapTerms(slave, dead));
  }

  /**
   * Time from a value of a slave that was just missed to the arrival of a reading that has it, with
   * nothing dead, garbled or changed and each device taking its typical time.
   */
  public long usualGapNanos(int slave) {
    SlavePlan plan = slaves.get(slave);
    long own = ownNanos(plan, usual);
    long work = Math.max(everyNanos(plan), own) + turnNanos(slave, 0, usual) + own;
    return Math.min(NEVER, work + refreshNanos(work, usual.pulses().toList()));
  }

  /** Time from a new WITHHELD to the last byte of the coil's frame, in the same way. */
  public long usualWriteNanos() {
    return usual.longest() + usual.time().silence() + usual.time().request();
  }

  /** Longest time from the beginning of a poll to the arrival of the reading that it makes. */
  public long worstPollNanos(int slave) {
    return ownNanos(slaves.get(slave), costs);
  }

  /** The summands of {@link #worstGapNanos}. */
  public List<Term> gapTerms(int slave, int dead) {
    SlavePlan plan = slaves.get(slave);
    Timing timing = plan.map().timing();
    long turn = turnNanos(slave, dead, costs);
    long own = ownNanos(plan, costs);
    long late = lateNanos(plan);
    long every = everyNanos(plan);
    long again = Math.max(timing.minPollMillis() * 1_000_000L, own + late);
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("until it is due again", Math.max(every, own)));
    terms.add(new Term("everything else on the line once", turn));
    terms.add(new Term("its own poll, garbled, and the rest after it", again));
    terms.add(new Term("everything else on the line once more", turn));
    terms.add(new Term("its own poll", own));
    terms.add(new Term("every coil changed and confirmed once", changeNanos()));
    terms.add(new Term("refreshes of pulses meanwhile", refreshNanos(sum(terms))));
    return List.copyOf(terms);
  }

  /**
   * Worst time from a new WITHHELD at {@link BusPoller#drive} to the last byte of a coil frame that
   * the board takes, the first one garbled, while every other coil of the line trips too.
   */
  public long worstWriteNanos(int slave, int dead) {
    return sum(writeTerms(slave, dead));
  }

  /** The summands of {@link #worstWriteNanos}. */
  public List<Term> writeTerms(int slave, int dead) {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term("the transaction in flight", costs.longest()));
    terms.add(new Term("every coil of the line, its own garbled", costs.allWrites()));
    if (dead > 0) {
      long others = boards().filter(b -> b != slaves.get(slave)).mapToLong(costs::write).sum();
      terms.add(new Term("a second attempt at each other board", others));
    }
    terms.add(new Term("its own frame again", costs.time().silence() + costs.time().request()));
    return List.copyOf(terms);
  }

  /**
   * Worst time from a new WITHHELD at {@link BusPoller#drive} to the arrival of the read-back that
   * shows the coil open, its first frame garbled, while every other coil of the line changes in the
   * same scan or goes on being refreshed (S10). A read-back that is itself garbled comes later by
   * {@code lateReplyMillis} of the board.
   */
  public long worstReadBackNanos(int slave) {
    SlavePlan board = slaves.get(slave);
    boolean pulsed = board.coils().getFirst().pulseMillis() > 0;
    long pulses = costs.pulses().mapToLong(Pulse::writeNanos).sum();
    long own = costs.write(board);
    long work =
        costs.longest()
            + 2 * own
            + (costs.allWrites() - pulses - (pulsed ? 0 : own))
            + boards().mapToLong(costs::readBackTime).sum();
    List<Pulse> others = new ArrayList<>(costs.pulses().toList());
    if (pulsed) {
      others.remove(costs.refreshed(board, board.coils().getFirst()));
    }
    return Math.min(NEVER, work + refreshNanos(work, others));
  }

  /**
   * Worst time between two refreshes of one coil, with one dead slave and one garbled frame. A
   * pulse must be three times as long (S11). 0 for a slave without pulse coils.
   */
  public long worstRefreshGapNanos(int slave) {
    return slaves.get(slave).coils().stream()
        .filter(coil -> coil.pulseMillis() > 0)
        .mapToLong(coil -> costs.refreshNanos(coil) + costs.refreshDelay())
        .max()
        .orElse(0);
  }

  private static long sum(List<Term> terms) {
    return Math.min(NEVER, terms.stream().mapToLong(Term::nanos).sum());
  }

  private Stream<SlavePlan> boards() {
    return slaves.stream().filter(LineCosts::board);
  }

  private static boolean background(SlavePlan slave) {
    return LineCosts.polled(slave) && !slave.interlock();
  }

  /** What may go between the tick at which the slave is due and its own poll. */
  private long turnNanos(int slave, int dead, LineCosts costs) {
    SlavePlan plan = slaves.get(slave);
    long interlocks =
        slaves.stream()
            .filter(s -> LineCosts.polled(s) && s.interlock() && s != plan)
            .mapToLong(costs::poll)
            .sum();
    long rounds =
        boards()
            .filter(b -> b != plan || LineCosts.polled(plan))
            .mapToLong(costs::boardRound)
            .sum();
    long probe =
        dead == 0
            ? 0
            : slaves.stream().filter(s -> s != plan).mapToLong(costs::longest).max().orElse(0);
    long block =
        slaves.stream()
            .filter(LineBudget::background)
            .mapToLong(costs::longestBlock)
            .max()
            .orElse(0);
    long others = interlocks + rounds + probe;
    if (!background(plan)) {
      return others + block;
    }
    long blocks =
        slaves.stream()
            .filter(LineBudget::background)
            .mapToLong(s -> s.map().blocks().size())
            .sum();
    return blocks * (others + block);
  }

  /** One complete poll; of a slave without blocks, its round. */
  private static long ownNanos(SlavePlan plan, LineCosts costs) {
    return LineCosts.polled(plan) ? costs.poll(plan) : costs.boardRound(plan);
  }

  private static long everyNanos(SlavePlan plan) {
    long minPoll = plan.map().timing().minPollMillis() * 1_000_000L;
    if (!LineCosts.polled(plan)) {
      return Math.max(minPoll, Turns.ROUND_NANOS);
    }
    return plan.interlock() ? minPoll : Math.max(minPoll, plan.pollMillis() * 1_000_000L);
  }

  /** How long the slave rests after a poll without a reply. */
  private long lateNanos(SlavePlan plan) {
    int longest =
        LineCosts.polled(plan)
            ? plan.map().blocks().stream()
                .mapToInt(block -> new RtuRequest.Read(plan.address(), block).replyBytes())
                .max()
                .orElse(0)
            : LineCosts.readBack(plan).replyBytes();
    return plan.map().timing().lateReplyMillis() * 1_000_000L + costs.time().characters(longest);
  }

  /** Every coil written because it changed, once more for each board, and each read back. */
  private long changeNanos() {
    return boards()
        .mapToLong(
            board ->
                (board.coils().size() + 1) * costs.write(board)
                    + board.coils().size() * costs.readBackTime(board))
        .sum();
  }

  /** The refreshes that go ahead of polls while {@code work} is done: they take time themselves. */
  private long refreshNanos(long work) {
    return refreshNanos(work, costs.pulses().toList());
  }

  private static long refreshNanos(long work, List<Pulse> pulses) {
    long refreshes = 0;
    while (work + refreshes < NEVER) {
      long total = work + refreshes;
      long next =
          pulses.stream().mapToLong(p -> (total / p.everyNanos() + 1) * p.writeNanos()).sum();
      if (next == refreshes) {
        return refreshes;
      }
      refreshes = next;
    }
    return NEVER;
  }
}
