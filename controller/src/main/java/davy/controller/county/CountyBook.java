package davy.controller.county;

import davy.controller.config.Office;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in the data base, station by station; beside a receiver or without one. */
public final class CountyBook implements AutoCloseable {

  private static final int FETCH = 2_000;

  private final Database database;

  /**
   * How it stands with a station.
   *
   * @param completeTo everything up to this record of the present journal is kept, but for the gaps
   * @param toldSeq the last record that the station's interlock has told of, 0 where it told none
   * @param lastSeen by the data base's clock; empty: never
   * @param complaint what the station itself says of its files, empty where nothing is wrong
   * @param offline it has left the broker
   * @param findings all of them, in the order in which they were noticed
   */
  public record Standing(
      String station,
      String epoch,
      long completeTo,
      long signedTo,
      long toldSeq,
      Optional<Instant> lastSeen,
      boolean offline,
      String complaint,
      List<Receiver.Finding> findings,
      List<OpenAlarm> alarms) {

    /** How many findings there are of a kind. */
    public long count(Receiver.Kind kind) {
      return findings.stream().filter(one -> one.kind() == kind).count();
    }

    /** Nothing is missing, nothing is forged, and the station knows of nothing either. */
    public boolean inOrder() {
      return count(Receiver.Kind.GAP) + count(Receiver.Kind.FORGED) == 0 && complaint.isEmpty();
    }
  }

  /**
   * An alarm that is not over, by the records received.
   *
   * @param since the station's own label
   */
  public record OpenAlarm(String name, String life, String since) {}

  private CountyBook(Database database) {
    this.database = database;
  }

  public static CountyBook open(Office office) throws IOException, SQLException {
    return new CountyBook(Database.open(office.database()));
  }

  /** All stations, by mine and name. */
  public List<Standing> standings() throws SQLException {
    List<Standing> standings = new ArrayList<>();
    try (Statement query = database.connection().createStatement();
        ResultSet row =
            query.executeQuery(
                "select s.id, mine || '/' || name, coalesce(epoch, ''), coalesce(seq, 0),"
                    + " coalesce(signed_seq, 0), last_seen, told from station s left join journal j"
                    + " on j.id = (select max(id) from journal where station = s.id)"
                    + " order by mine, name")) {
      while (row.next()) {
        Map<String, Object> told = told(row.getString(7));
        standings.add(
            new Standing(
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                told.get("durableSeq") instanceof Long seq ? seq : 0,
                Optional.ofNullable(row.getTimestamp(6)).map(time -> time.toInstant()),
                "offline".equals(told.get("type")),
                told.get("journal") instanceof String text ? text : "",
                findings(row.getInt(1)),
                alarms(row.getInt(1))));
      }
    }
    database.connection().commit();
    return standings;
  }

  private static Map<String, Object> told(String json) {
    try {
      return json.isEmpty() ? Map.of() : JsonLine.read(json);
    } catch (JsonLine.Malformed e) {
      return Map.of();
    }
  }

  private List<Receiver.Finding> findings(int station) throws SQLException {
    List<Receiver.Finding> findings = new ArrayList<>();
    try (PreparedStatement query =
        database
            .connection()
            .prepareStatement(
                "select epoch, kind, seq, what from finding where station = ?"
                    + " order by noticed, seq")) {
      query.setInt(1, station);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.add(
              new Receiver.Finding(
                  row.getString(1),
                  Receiver.Kind.valueOf(row.getString(2)),
                  row.getLong(3),
                  row.getString(4)));
        }
      }
    }
    return findings;
  }

  private List<OpenAlarm> alarms(int station) throws SQLException {
    List<OpenAlarm> alarms = new ArrayList<>();
    try (PreparedStatement query =
        database
            .connection()
            .prepareStatement(
                "select name, life, since from alarm where station = ? and life <> ''"
                    + " order by seq")) {
      query.setInt(1, station);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          alarms.add(new OpenAlarm(row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return alarms;
  }

  /**
   * Writes every line of the station's present journal, as it was received, in order.
   *
   * @return how many there are
   */
  public long export(String station, PrintWriter out) throws SQLException {
    String[] parts = station.split("/");
    long lines = 0;
    try (PreparedStatement query =
        database
            .connection()
            .prepareStatement(
                "select line from record where journal = (select max(j.id) from journal j"
                    + " join station s on s.id = j.station where mine = ? and name = ?)"
                    + " order by seq, whole")) {
      query.setFetchSize(FETCH);
      query.setString(1, parts[0]);
      query.setString(2, parts.length > 1 ? parts[1] : "");
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          out.print(row.getString(1));
          out.print('\n');
          lines++;
        }
      }
    }
    database.connection().commit();
    return lines;
  }

  @Override
  public void close() {
    database.close();
  }
}
