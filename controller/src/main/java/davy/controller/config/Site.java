package davy.controller.config;

import davy.bridge.modbus.LinePlan;
import davy.controller.alarm.AlarmPlan;
import davy.controller.interlock.Plan;
import davy.hal.Board;
import davy.hal.signal.Quantity;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A complete and consistent site: what {@code davy check} accepted. Documented field by field in
 * {@code deploy/docs/site-file.md}.
 *
 * @param digest SHA-256 over site, profile and map files, hex (S18)
 * @param text the site file itself, for the journal
 * @param mine the mine's code, 12 digits
 * @param station the substation's code within the mine
 * @param plan the interlock's own view: limits, zones and their points, releases
 * @param alarms what its alarms are
 * @param annunciator how they are told at the station itself
 * @param bench no dead-man fitted: shown as BENCH everywhere (S6)
 */
public record Site(
    String name,
    String title,
    String digest,
    String text,
    String mine,
    String station,
    boolean bench,
    Profile profile,
    Plan plan,
    AlarmPlan alarms,
    Annunciator annunciator,
    int scanMillis,
    List<Line> lines,
    List<Point> points,
    List<Zone> zones,
    List<Fan> fans,
    Optional<Contact> consentKey,
    Optional<GuardLink> guard,
    JournalSettings journal,
    Optional<Broker> broker,
    Optional<SparkplugNode> sparkplug,
    Optional<County> county,
    Optional<CountyDrop> countyFiles,
    PanelSettings panel) {

  public Site {
    lines = List.copyOf(lines);
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    fans = List.copyOf(fans);
  }

  /** The points that a zone depends on, in the order of {@link Plan#points}. */
  public List<Point> interlockPoints() {
    return points.stream()
        .filter(point -> point.interlockIndex() >= 0)
        .sorted(Comparator.comparingInt(Point::interlockIndex))
        .toList();
  }

  /**
   * @param port device path, by-id or by-path where it is an adapter
   * @param rs485Rts drive RTS for direction; false leaves it to the adapter
   */
  public record Line(LinePlan plan, String port, boolean rs485Rts) {}

  /** A channel of a slave: indices into {@link #lines}, its slaves and its map's channels. */
  public record ChannelRef(int line, int slave, int channel) {}

  /**
   * A measuring point.
   *
   * @param place heads of one place stand at one place of the mine
   * @param role row of the profile (T1), empty for an additional or alarm-only point
   * @param catalytic a catalytic head can read low again in rich gas (S17)
   * @param alarmAt inclusive, in the quantity's unit: at or above it, or at or below it where a low
   *     amount is the danger ({@link Quantity#highIsDanger})
   * @param alarmAbove strict upper limit of a quantity whose low amount is the danger
   * @param interlockIndex index into {@link Plan#points}, −1 for a point no zone depends on
   */
  public record Point(
      String name,
      String title,
      String place,
      Optional<String> role,
      Quantity quantity,
      ChannelRef source,
      boolean catalytic,
      Optional<Integer> alarmAt,
      Optional<Integer> alarmAbove,
      int ageLimitMillis,
      int interlockIndex) {}

  /** What an output of a zone or a fan is. */
  public sealed interface Output {

    /**
     * @param coil index into the slave's {@link LinePlan.SlavePlan#coils}
     */
    record Coil(int line, int slave, int coil) implements Output {}

    record Gpio(Board.LineName line, Board.Active active) implements Output {}
  }

  /**
   * Lamp and sounder of the station, driven by the interlock itself: they work with the panel dead.
   * Energised to act; plain outputs.
   */
  public record Annunciator(Optional<Output> lamp, Optional<Output> sounder) {
    public static final Annunciator NONE = new Annunciator(Optional.empty(), Optional.empty());
  }

  /** Where a contact is read. */
  public sealed interface Contact {

    /**
     * A discrete input.
     *
     * @param antivalent a second contact that is always in the other state; else the pair tells
     *     nothing (S15)
     * @param closedIs true where a closed contact means live, pressed or running
     */
    record Bus(
        ChannelRef source, Optional<ChannelRef> antivalent, boolean closedIs, int ageLimitMillis)
        implements Contact {}

    /**
     * @param antivalent as for a discrete input
     * @param active the level that means live, pressed or running
     */
    record Gpio(
        Board.LineName line,
        Optional<Board.LineName> antivalent,
        Board.Active active,
        Board.Pull pull)
        implements Contact {}
  }

  /**
   * A zone (断电范围), in the order of {@link Plan#zones}.
   *
   * @param closing who closes the breaker after a release: "by-hand" or "by-contactor" (S23)
   * @param dropOutMillis relay and breaker together, from coil off to power off
   */
  public record Zone(
      String name,
      String title,
      Output output,
      Optional<Contact> feed,
      String closing,
      int dropOutMillis) {}

  /**
   * A local fan (局部通风机), in the order of {@link Plan#fans}.
   *
   * @param machines main, and backup where fitted
   * @param flow index into {@link #points} of the flow in its duct
   * @param stop second stage, energised to stop; empty where nothing stands before the fan
   * @param startLock energised to lock, in the start circuit only (S7)
   */
  public record Fan(
      String name,
      String title,
      List<Machine> machines,
      OptionalInt flow,
      Optional<Output> stop,
      Output startLock) {
    public Fan {
      machines = List.copyOf(machines);
    }
  }

  /**
   * @param name main or backup
   * @param running the run contact
   */
  public record Machine(String name, Contact running) {}

  /**
   * The line to the guard.
   *
   * @param port device path
   */
  public record GuardLink(String port) {}

  /**
   * @param segmentBytes a segment is closed at this size
   * @param keepMegabytes the oldest segments leave when all take more
   * @param keepDays and when they are older
   */
  public record JournalSettings(long segmentBytes, int keepMegabytes, int keepDays) {}

  /**
   * @param uri tcp://host:port or ssl://host:port
   * @param backupUri of the same broker where it is a pair that takes over from each other
   * @param passwordFile the password's file, never the password
   */
  public record Broker(
      String uri,
      Optional<String> backupUri,
      Optional<String> user,
      Optional<Path> passwordFile,
      Optional<Path> caFile,
      Optional<Path> certificateFile,
      Optional<Path> keyFile,
      int keepAliveSeconds) {

    /** The same, with the other address first; itself where it has only one. */
    public Broker turned() {
      return backupUri.map(other -> with(other, Optional.of(uri))).orElse(this);
    }

    private Broker with(String first, Optional<String> second) {
      return new Broker(
          first, second, user, passwordFile, caFile, certificateFile, keyFile, keepAliveSeconds);
    }
  }

  /**
   * The station as a Sparkplug B edge node, over the same broker.
   *
   * @param group the SCADA host's folder of edge nodes
   * @param node unique within the group
   * @param primaryHost nothing is told while this host is not there; empty: told to whoever listens
   */
  public record SparkplugNode(String group, String node, Optional<String> primaryHost) {}

  /**
   * @param folder that the county's front-end machine collects; must exist
   * @param mineName as the county knows the mine
   */
  public record CountyDrop(Path folder, String mineName) {}

  /**
   * @param bind address the page is served at; 127.0.0.1 unless the site says otherwise
   */
  public record PanelSettings(String bind, int port) {}
}
