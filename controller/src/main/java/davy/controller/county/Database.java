package davy.controller.county;

import davy.controller.config.Office;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The county's records in PostgreSQL, over one connection. What is written is written in one
 * transaction or not at all; after any {@link SQLException} the connection is thrown away together
 * with all that was known of the stations. One thread.
 */
final class Database implements AutoCloseable {

  private static final String CONNECT_SECONDS = "5";
  private static final String ANSWER_SECONDS = "60";
  private static final String COPY =
      "copy record (journal, seq, whole, line) from stdin (format text)";

  private final Connection connection;
  private final Map<String, Integer> stations = new HashMap<>();

  /** By station and epoch: number, and the last record there, to notice another writer. */
  private final Map<String, Journal> journals = new HashMap<>();

  private record Journal(int id, long seq) {}

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** Connects, and makes the tables where there are none. */
  static Database open(Office.Database where) throws IOException, SQLException {
    Properties settings = new Properties();
    where.user().ifPresent(user -> settings.setProperty("user", user));
    if (where.passwordFile().isPresent()) {
      settings.setProperty("password", Files.readString(where.passwordFile().get()).strip());
    }
    settings.setProperty("connectTimeout", CONNECT_SECONDS);
    settings.setProperty("socketTimeout", ANSWER_SECONDS);
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("ApplicationName", "davy county");
    Connection connection = DriverManager.getConnection(where.url(), settings);
    try {
      connection.setAutoCommit(false);
      Schema.make(connection);
      return new Database(connection);
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /** Whether nobody else receives these mines; from then on nobody else can, while we live. */
  boolean claim(List<String> mines) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select pg_try_advisory_lock(hashtext('davy county'), h)"
                + " from (select hashtext(m) h from unnest(?) m order by 1) as mine")) {
      Object[] names = mines.isEmpty() ? new Object[] {"all"} : mines.toArray();
      query.setArray(1, connection.createArrayOf("text", names));
      boolean all = true;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all &= rows.getBoolean(1);
        }
      }
      if (!all) {
        release();
      }
      connection.commit();
      return all;
    }
  }

  private void release() throws SQLException {
    try (Statement unlock = connection.createStatement()) {
      unlock.execute("select pg_advisory_unlock_all()");
    }
  }

  /** Number of a journal, and remembers how far it is kept. */
  void know(String station, int stationId, String epoch, int id, long seq) {
    stations.put(station, stationId);
    journals.put(station + " " + epoch, new Journal(id, seq));
  }

  /** Writes it all, surely. */
  void commit(Batch batch) throws SQLException, IOException {
    for (String station : batch.told().keySet()) {
      station(station);
    }
    records(batch.parts());
    findings(batch.findings());
    alarms(batch.alarms());
    told(batch.told());
    connection.commit();
  }

  private int station(String name) throws SQLException {
    Optional<Integer> known = Optional.ofNullable(stations.get(name));
    if (known.isEmpty()) {
      String[] parts = name.split("/");
      stations.put(
          name,
          insert(
              "insert into station (mine, name) values (?, ?) on conflict (mine, name)"
                  + " do update set mine = excluded.mine returning id",
              parts[0],
              parts[1]));
    }
    return known.isPresent() ? known.get() : stations.get(name);
  }

  private int insert(String statement, Object... values) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(statement)) {
      for (int at = 0; at < values.length; at++) {
        insert.setObject(at + 1, values[at]);
      }
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private Journal journal(String station, String epoch) throws SQLException {
    String key = station + " " + epoch;
    if (!journals.containsKey(key)) {
      int id =
          insert(
              "insert into journal (station, epoch) values (?, ?) returning id",
              station(station),
              epoch);
      journals.put(key, new Journal(id, 0));
    }
    return journals.get(key);
  }

  private void records(List<Batch.Part> parts) throws SQLException, IOException {
    if (parts.isEmpty()) {
      return;
    }
    StringBuilder rows = new StringBuilder();
    for (Batch.Part one : parts) {
      int id = journal(one.station(), one.part().kept().epoch()).id();
      one.part().lines().forEach(line -> Rows.append(rows, id, line));
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(COPY, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
    keys(parts);
    places(parts);
  }

  private void keys(List<Batch.Part> parts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into key (journal, fingerprint, line) values (?, ?, ?)"
                + " on conflict do nothing")) {
      for (Batch.Part one : parts) {
        int id = journal(one.station(), one.part().kept().epoch()).id();
        for (Receiver.Line line : one.part().lines()) {
          if (Rows.key(line).isPresent()) {
            insert.setInt(1, id);
            insert.setString(2, Rows.key(line).get());
            insert.setString(3, line.text());
            insert.addBatch();
          }
        }
      }
      insert.executeBatch();
    }
  }

  /** The last place of each journal; fails where another receiver has gone on meanwhile. */
  private void places(List<Batch.Part> parts) throws SQLException {
    Map<String, Batch.Part> last = new HashMap<>();
    parts.forEach(one -> last.put(one.station() + " " + one.part().kept().epoch(), one));
    try (PreparedStatement update =
        connection.prepareStatement(
            "update journal set seq = ?, hash = ?, signed_seq = ?, damaged_to = ?"
                + " where id = ? and seq = ?")) {
      for (Map.Entry<String, Batch.Part> one : last.entrySet()) {
        Receiver.Part part = one.getValue().part();
        Journal journal = journals.get(one.getKey());
        update.setLong(1, part.kept().seq());
        update.setString(2, part.kept().hash());
        update.setLong(3, part.kept().signedSeq());
        update.setLong(4, part.damagedTo());
        update.setInt(5, journal.id());
        update.setLong(6, journal.seq());
        update.addBatch();
        journals.put(one.getKey(), new Journal(journal.id(), part.kept().seq()));
      }
      for (int changed : update.executeBatch()) {
        if (changed == 0) {
          throw new SQLException("another receiver writes the same stations");
        }
      }
    }
  }

  private void findings(List<Batch.Finding> findings) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into finding (station, epoch, kind, seq, what) values (?, ?, ?, ?, ?)"
                + " on conflict do nothing")) {
      for (Batch.Finding one : findings) {
        insert.setInt(1, station(one.station()));
        insert.setString(2, one.finding().epoch());
        insert.setString(3, one.finding().kind().name());
        insert.setLong(4, one.finding().seq());
        insert.setString(5, one.finding().what());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void alarms(List<Batch.Alarm> alarms) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement(
            "insert into alarm (station, name, life, seq, since) values (?, ?, ?, ?, ?)"
                + " on conflict (station, name) do update"
                + " set life = excluded.life, seq = excluded.seq, since = excluded.since")) {
      for (Batch.Alarm one : alarms) {
        put.setInt(1, station(one.station()));
        put.setString(2, one.name());
        put.setString(3, one.life());
        put.setLong(4, one.seq());
        put.setString(5, one.time());
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  private void told(Map<String, String> told) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update station set last_seen = now(), told = case ? when '' then told else ? end"
                + " where id = ?")) {
      for (Map.Entry<String, String> one : told.entrySet()) {
        update.setString(1, one.getValue());
        update.setString(2, one.getValue());
        update.setInt(3, station(one.getKey()));
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  @Override
  public void close() {
    Schema.quietly(connection);
  }
}
