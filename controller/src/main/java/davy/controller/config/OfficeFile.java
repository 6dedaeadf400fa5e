package davy.controller.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the file of a county's receiver. */
public final class OfficeFile {

  private static final String MINE = "\\d{12}";
  private static final String STATION = "[A-Za-z0-9-]{1,16}";

  /** What became of the file. */
  public sealed interface Outcome {

    record Accepted(Office office) implements Outcome {}

    /**
     * @param complaints all that is wrong, by line; never empty
     */
    record Refused(List<Complaint> complaints) implements Outcome {
      public Refused {
        complaints = List.copyOf(complaints);
      }
    }
  }

  private OfficeFile() {}

  /**
   * @throws IOException where the file can't be read
   */
  public static Outcome read(Path file) throws IOException {
    String text = Files.readString(file);
    Path folder = file.toAbsolutePath().getParent();
    List<Complaint> complaints = new ArrayList<>();
    Optional<Office> office =
        TomlTable.parse(file.toString(), text, complaints).map(root -> office(root, folder));
    return complaints.isEmpty()
        ? new Outcome.Accepted(office.orElseThrow())
        : new Outcome.Refused(complaints);
  }

  private static Office office(TomlTable root, Path folder) {
    TomlTable county = root.table("county");
    TomlTable database = root.table("database");
    Office office =
        new Office(
            SiteHead.matching(
                county, "name", "[A-Za-z0-9-]{1,40}", "1 to 40 of A-Z a-z 0-9 -, unique"),
            new Office.Database(
                SiteHead.matching(
                    database, "url", "jdbc:postgresql://.+", "jdbc:postgresql://host:port/name"),
                database.optionalText("user"),
                database.optionalText("passwordFile").map(folder::resolve)),
            SiteHead.broker(root.table("broker"), folder),
            mines(county),
            keys(root));
    root.finish();
    return office;
  }

  private static List<String> mines(TomlTable county) {
    List<String> mines = county.texts("mines");
    if (mines.stream().anyMatch(mine -> !mine.matches(MINE))) {
      county.complain("mines", "a mine's code has 12 digits");
    }
    return mines.stream().distinct().toList();
  }

  private static Map<String, Set<String>> keys(TomlTable root) {
    Map<String, Set<String>> keys = new TreeMap<>();
    for (TomlTable station : root.tables("station")) {
      String mine = SiteHead.matching(station, "mine", MINE, "the mine's code, 12 digits");
      String name = SiteHead.matching(station, "station", STATION, "as its site file says");
      String key =
          SiteHead.matching(station, "key", "[0-9a-f]{64}", "a fingerprint of 64 hex digits");
      keys.computeIfAbsent(mine + "/" + name, _ -> new TreeSet<>()).add(key);
    }
    return keys;
  }
}
