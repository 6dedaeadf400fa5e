package davy.controller.county;

import davy.controller.journal.Follower;
import davy.controller.journal.JournalRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Leads a receiver to where the one before it stopped. */
final class Recall {

  /** More records than that are never without a signature that is worth something. */
  private static final int MOST_UNSIGNED = 20_000;

  private static final int HASH = 64;

  private final Database database;

  private record Journal(int station, int id, Receiver.Part part) {}

  Recall(Database database) {
    this.database = database;
  }

  void into(String station, Receiver receiver) throws SQLException {
    List<Journal> journals = journals(station);
    if (journals.isEmpty()) {
      return;
    }
    List<String> epochs = new ArrayList<>();
    for (Journal journal : journals) {
      Follower.Kept kept = journal.part().kept();
      database.know(station, journal.station(), kept.epoch(), journal.id(), kept.seq());
      epochs.add(kept.epoch());
    }
    Journal present = journals.getLast();
    receiver.resume(present.part(), keys(present.id()), hashes(present), epochs);
  }

  private List<Journal> journals(String station) throws SQLException {
    String[] parts = station.split("/");
    List<Journal> journals = new ArrayList<>();
    try (PreparedStatement query =
        database
            .connection()
            .prepareStatement(
                "select s.id, j.id, epoch, seq, hash, signed_seq, damaged_to from journal j"
                    + " join station s on s.id = j.station where s.mine = ? and s.name = ?"
                    + " order by j.id")) {
      query.setString(1, parts[0]);
      query.setString(2, parts[1]);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Follower.Kept kept =
              new Follower.Kept(row.getString(3), row.getLong(4), row.getString(5), row.getLong(6));
          journals.add(
              new Journal(
                  row.getInt(1),
                  row.getInt(2),
                  new Receiver.Part(kept, row.getLong(7), List.of())));
        }
      }
    }
    return journals;
  }

  private List<JournalRecord> keys(int journal) throws SQLException {
    List<JournalRecord> keys = new ArrayList<>();
    try (PreparedStatement query =
        database.connection().prepareStatement("select line from key where journal = ?")) {
      query.setInt(1, journal);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Optional<JournalRecord> record = JournalRecord.read(row.getString(1));
          record.ifPresent(keys::add);
        }
      }
    }
    return keys;
  }

  private SequencedMap<Long, String> hashes(Journal journal) throws SQLException {
    Follower.Kept kept = journal.part().kept();
    SequencedMap<Long, String> hashes = new LinkedHashMap<>();
    try (PreparedStatement query =
        database
            .connection()
            .prepareStatement(
                "select seq, right(line, ?) from record"
                    + " where journal = ? and whole and seq >= ? and seq <= ? order by seq")) {
      query.setInt(1, HASH + 2);
      query.setInt(2, journal.id());
      query.setLong(3, Math.max(kept.signedSeq(), kept.seq() - MOST_UNSIGNED));
      query.setLong(4, kept.seq());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          hashes.put(row.getLong(1), row.getString(2).substring(0, HASH));
        }
      }
    }
    return hashes;
  }
}
