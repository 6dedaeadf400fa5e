package davy.controller.scan;

import davy.bridge.modbus.LineImage;
import davy.bridge.modbus.LineImage.CoilImage;
import davy.bridge.modbus.LinePlan;
import davy.controller.alarm.Lamp;
import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.hal.Board;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The field as one scan samples and drives it: lines by their images, GPIO lines directly. Owned by
 * the scan thread.
 */
public final class Field {

  /** A flashing lamp is lit and dark for so long. */
  private static final long FLASH_NANOS = 500_000_000L;

  private final Site site;
  private final List<FieldBus> buses;
  private final GuardEnd guard;
  private final List<List<Permit>> coils = new ArrayList<>();
  private final int[] slaveChannels[];
  private final int[] slaveCoils[];
  private final Map<Board.LineName, OutputLine> outputs = new HashMap<>();
  private final Map<Board.LineName, InputLine> inputs = new HashMap<>();
  private List<LineImage> images = List.of();
  private boolean lamp;
  private boolean sounder;

  /**
   * Claims every GPIO line of the site, de-energised.
   *
   * @param board where the site's GPIO lines are; never touched by a site without any
   * @throws IOException naming the chip, the line and the remedy
   */
  public Field(Site site, List<FieldBus> buses, Board board) throws IOException {
    this(site, buses, board, GuardEnd.NONE);
  }

  /**
   * The same with a guard.
   *
   * @throws IOException naming the chip, the line and the remedy
   */
  public Field(Site site, List<FieldBus> buses, Board board, GuardEnd guard) throws IOException {
    this.site = site;
    this.guard = guard;
    this.buses = List.copyOf(buses);
    int lines = site.lines().size();
    this.slaveChannels = new int[lines][];
    this.slaveCoils = new int[lines][];
    for (int line = 0; line < lines; line++) {
      index(line, site.lines().get(line).plan());
    }
    for (Site.Zone zone : site.zones()) {
      claim(zone.output(), board);
      claim(zone.feed(), board);
    }
    for (Site.Fan fan : site.fans()) {
      claim(fan.startLock(), board);
      if (fan.stop().isPresent()) {
        claim(fan.stop().get(), board);
      }
      for (Site.Machine machine : fan.machines()) {
        claim(Optional.of(machine.running()), board);
      }
    }
    for (Site.Output output : annunciator()) {
      claim(output, board);
    }
    claim(site.consentKey(), board);
  }

  private List<Site.Output> annunciator() {
    return Stream.concat(site.annunciator().lamp().stream(), site.annunciator().sounder().stream())
        .toList();
  }

  private void claim(Site.Output output, Board board) throws IOException {
    if (output instanceof Site.Output.Gpio gpio) {
      outputs.put(gpio.line(), board.output(gpio.line(), gpio.active()));
    }
  }

  private void index(int line, LinePlan plan) {
    int channels = 0;
    int coil = 0;
    slaveChannels[line] = new int[plan.slaves().size()];
    slaveCoils[line] = new int[plan.slaves().size()];
    for (int slave = 0; slave < plan.slaves().size(); slave++) {
      slaveChannels[line][slave] = channels;
      slaveCoils[line][slave] = coil;
      channels += plan.slaves().get(slave).map().channels().size();
      coil += plan.slaves().get(slave).coils().size();
    }
    coils.add(new ArrayList<>(Collections.nCopies(coil, Permit.WITHHELD)));
  }

  private void claim(Optional<Site.Contact> contact, Board board) throws IOException {
    if (contact.isPresent() && contact.get() instanceof Site.Contact.Gpio gpio) {
      inputs.put(gpio.line(), board.input(gpio.line(), gpio.active(), gpio.pull()));
      if (gpio.antivalent().isPresent()) {
        Board.LineName other = gpio.antivalent().get();
        inputs.put(other, board.input(other, gpio.active(), gpio.pull()));
      }
    }
  }

  /** Takes the latest image of every line; all that follows is of this sample. */
  void sample() {
    LineImage[] latest = new LineImage[buses.size()];
    for (int line = 0; line < latest.length; line++) {
      latest[line] = buses.get(line).image();
    }
    images = List.of(latest);
  }

  List<LineImage> images() {
    return images;
  }

  GuardEnd guard() {
    return guard;
  }

  Reading reading(Site.ChannelRef ref) {
    int channel = slaveChannels[ref.line()][ref.slave()] + ref.channel();
    return images.get(ref.line()).readings().get(channel);
  }

  Optional<CoilImage> coil(int zone) {
    return site.zones().get(zone).output() instanceof Site.Output.Coil coil
        ? Optional.of(
            images
                .get(coil.line())
                .coils()
                .get(slaveCoils[coil.line()][coil.slave()] + coil.coil()))
        : Optional.empty();
  }

  /** The cut-off output as it is read back now; a read-back older than the limit is unknown. */
  OutputState output(int zone, Tick now, long ageLimitNanos) {
    return switch (site.zones().get(zone).output()) {
      case Site.Output.Gpio gpio -> sensed(outputs.get(gpio.line()));
      case Site.Output.Coil _ -> {
        Reading readBack = coil(zone).orElseThrow().readBack();
        yield readBack instanceof Reading.Good good && readBack.ageNanos(now) <= ageLimitNanos
            ? good.amount() == 0 ? OutputState.OFF : OutputState.ON
            : OutputState.UNKNOWN;
      }
    };
  }

  private OutputState sensed(OutputLine line) {
    try {
      return line.senses() ? OutputState.ON : OutputState.OFF;
    } catch (IOException _) {
      return OutputState.UNKNOWN;
    }
  }

  Feed feed(int zone, Tick now) {
    return site.zones()
        .get(zone)
        .feed()
        .flatMap(contact -> closed(contact, now))
        .map(closed -> closed ? Feed.LIVE : Feed.DEAD)
        .orElse(Feed.UNKNOWN);
  }

  Key key(Tick now) {
    return site.consentKey()
        .flatMap(contact -> closed(contact, now))
        .map(closed -> closed ? Key.PRESSED : Key.RELEASED)
        .orElse(Key.UNKNOWN);
  }

  /** A contact's meaning, empty when it can't be read, is too old or contradicts its pair. */
  private Optional<Boolean> closed(Site.Contact contact, Tick now) {
    return switch (contact) {
      case Site.Contact.Bus bus -> {
        long limit = bus.ageLimitMillis() * 1_000_000L;
        Optional<Boolean> closed = closed(bus.source(), limit, now);
        yield bus.antivalent()
            .map(other -> agreed(closed, closed(other, limit, now)))
            .orElse(closed)
            .map(is -> is == bus.closedIs());
      }
      case Site.Contact.Gpio gpio -> {
        Optional<Boolean> closed = closed(inputs.get(gpio.line()));
        yield gpio.antivalent()
            .map(other -> agreed(closed, closed(inputs.get(other))))
            .orElse(closed);
      }
    };
  }

  /** What both of an antivalent pair tell; two that are the same, or one unread, tell nothing. */
  private static Optional<Boolean> agreed(Optional<Boolean> one, Optional<Boolean> other) {
    return one.filter(closed -> other.equals(Optional.of(!closed)));
  }

  private Optional<Boolean> closed(Site.ChannelRef source, long ageLimitNanos, Tick now) {
    Reading reading = reading(source);
    return reading instanceof Reading.Good good && reading.ageNanos(now) <= ageLimitNanos
        ? Optional.of(good.amount() != 0)
        : Optional.empty();
  }

  private Optional<Boolean> closed(InputLine line) {
    try {
      return Optional.of(line.closed());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** A machine's run contact; one that can't be read is unknown. */
  FanRun run(Site.Machine machine, Tick now) {
    return closed(machine.running(), now)
        .map(running -> running ? FanRun.RUNNING : FanRun.STOPPED)
        .orElse(FanRun.UNKNOWN);
  }

  /**
   * What lamp and sounder are driven with from the next scan on. A lamp on a GPIO line flashes; one
   * on a coil does not, for each change would cost its line the time of a write.
   */
  void annunciate(Lamp lamp, boolean sounder, Tick now) {
    boolean lit = now.nanos() / FLASH_NANOS % 2 == 0;
    boolean flashes =
        site.annunciator().lamp().filter(Site.Output.Gpio.class::isInstance).isPresent();
    this.lamp =
        switch (lamp) {
          case OFF -> false;
          case STEADY -> true;
          case FLASHING -> lit || !flashes;
        };
    this.sounder = sounder;
  }

  /**
   * Drives every output with its level.
   *
   * @throws UncheckedIOException when a GPIO line refuses: a defect that ends the process
   */
  void drive(Decision decision, Tick scan) {
    for (int zone = 0; zone < decision.zones().size(); zone++) {
      Permit permit = decision.zones().get(zone).permit();
      drive(site.zones().get(zone).output(), permit == Permit.GRANTED);
    }
    for (int fan = 0; fan < decision.fans().size(); fan++) {
      Decision.FanView view = decision.fans().get(fan);
      drive(site.fans().get(fan).startLock(), view.startLock());
      site.fans().get(fan).stop().ifPresent(output -> drive(output, view.stop()));
    }
    site.annunciator().lamp().ifPresent(output -> drive(output, lamp));
    site.annunciator().sounder().ifPresent(output -> drive(output, sounder));
    for (int line = 0; line < buses.size(); line++) {
      buses.get(line).drive(List.copyOf(coils.get(line)), scan);
    }
  }

  private void drive(Site.Output output, boolean energised) {
    switch (output) {
      case Site.Output.Coil coil ->
          coils
              .get(coil.line())
              .set(
                  slaveCoils[coil.line()][coil.slave()] + coil.coil(),
                  energised ? Permit.GRANTED : Permit.WITHHELD);
      case Site.Output.Gpio gpio -> drive(outputs.get(gpio.line()), energised);
    }
  }

  private static void drive(OutputLine line, boolean energised) {
    try {
      line.drive(energised);
    } catch (IOException e) {
      throw new UncheckedIOException("an output can't be driven: " + e.getMessage(), e);
    }
  }
}
