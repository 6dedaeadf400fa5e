package davy.controller.config;

import davy.controller.config.Site.Broker;
import davy.controller.config.Site.CountyDrop;
import davy.controller.config.Site.JournalSettings;
import davy.controller.config.Site.PanelSettings;
import davy.controller.config.Site.SparkplugNode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sections of a site file that stand by themselves.
 *
 * @param table the {@code [site]} table, for later complaints
 */
record SiteHead(
    TomlTable table,
    String name,
    String title,
    String mine,
    String station,
    boolean bench,
    int scanMillis,
    JournalSettings journal,
    Optional<Broker> broker,
    Optional<SparkplugNode> sparkplug,
    Optional<County> county,
    Optional<CountyDrop> countyFiles,
    PanelSettings panel) {

  private static final int SCAN_MILLIS = 50;
  private static final int SEGMENT_BYTES = 4 << 20;
  private static final int KEEP_MEGABYTES = 4096;
  private static final int KEEP_DAYS = 730;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int PANEL_PORT = 8080;
  private static final String PANEL_BIND = "127.0.0.1";

  /**
   * @param folder of the site file, where its relative paths begin
   */
  static SiteHead read(TomlTable root, Path folder) {
    TomlTable site = root.table("site");
    String name = Named.name(site);
    String mine = matching(site, "mine", "\\d{12}", "the mine's code, 12 digits");
    String station = matching(site, "station", "[A-Za-z0-9-]{1,16}", "1 to 16 of A-Z a-z 0-9 -");
    return new SiteHead(
        site,
        name,
        site.optionalText("title").orElse(name),
        mine,
        station,
        site.flag("bench", false),
        root.optionalTable("scan")
            .map(scan -> scan.integer("periodMillis", 10, 200, SCAN_MILLIS))
            .orElse(SCAN_MILLIS),
        root.optionalTable("journal")
            .map(SiteHead::journal)
            .orElse(new JournalSettings(SEGMENT_BYTES, KEEP_MEGABYTES, KEEP_DAYS)),
        root.optionalTable("broker").map(table -> broker(table, folder)),
        root.optionalTable("sparkplug")
            .map(table -> SparkplugNames.read(table, root.has("broker"), mine, station)),
        root.optionalTable("county").map(SiteHead::county),
        root.optionalTable("countyFiles").map(table -> countyFiles(table, folder)),
        root.optionalTable("panel")
            .map(SiteHead::panel)
            .orElse(new PanelSettings(PANEL_BIND, PANEL_PORT)));
  }

  private static JournalSettings journal(TomlTable table) {
    return new JournalSettings(
        table.integer("segmentBytes", 64 << 10, 1 << 30, SEGMENT_BYTES),
        table.integer("keepMegabytes", 64, 1 << 20, KEEP_MEGABYTES),
        table.integer("keepDays", 7, 7300, KEEP_DAYS));
  }

  static Broker broker(TomlTable table, Path folder) {
    Broker broker =
        new Broker(
            address(table, "uri"),
            table.has("backupUri") ? Optional.of(address(table, "backupUri")) : Optional.empty(),
            table.optionalText("user"),
            path(table, "passwordFile", folder),
            path(table, "caFile", folder),
            path(table, "certificateFile", folder),
            path(table, "keyFile", folder),
            table.integer("keepAliveSeconds", 5, 600, KEEP_ALIVE_SECONDS));
    if (broker.passwordFile().isPresent() && broker.user().isEmpty()) {
      table.complain("passwordFile", "passwordFile without user: add user");
    }
    if (broker.certificateFile().isPresent() != broker.keyFile().isPresent()) {
      table.complain("certificateFile and keyFile stand together or not at all");
    }
    boolean secure = broker.uri().startsWith("ssl:");
    if (broker.backupUri().filter(other -> other.startsWith("ssl:") != secure).isPresent()) {
      table.complain("backupUri", "uri and backupUri begin alike: both ssl://, or both tcp://");
    }
    if (broker.uri().startsWith("tcp:")
        && (broker.caFile().isPresent() || broker.certificateFile().isPresent())) {
      table.complain("uri", "certificates are not used with tcp: write ssl://");
    }
    return broker;
  }

  private static String address(TomlTable table, String key) {
    String form = "(tcp|ssl)://[A-Za-z0-9.\\[\\]:-]+:\\d{1,5}";
    return matching(table, key, form, "tcp://host:port or ssl://host:port");
  }

  private static CountyDrop countyFiles(TomlTable table, Path folder) {
    return new CountyDrop(
        folder.resolve(table.text("folder")), table.optionalText("mineName").orElse(""));
  }

  private static County county(TomlTable table) {
    List<PublicKey> keys = new ArrayList<>();
    List<String> texts = table.texts("keys");
    for (String text : texts) {
      try {
        keys.add(County.key(text));
      } catch (GeneralSecurityException e) {
        table.complain("keys", "not the base64 of an Ed25519 public key (DER): " + e.getMessage());
      }
    }
    if (texts.isEmpty() || texts.size() > County.MOST_KEYS) {
      table.complain("keys", "one key, or the old and the new one");
    }
    return new County(table.optionalText("name").orElse("county"), keys);
  }

  private static PanelSettings panel(TomlTable table) {
    String bind =
        table.has("bind")
            ? matching(
                table, "bind", "[0-9.]{7,15}|[0-9a-fA-F:]{2,39}", "an IP address of this machine")
            : PANEL_BIND;
    return new PanelSettings(bind, table.integer("port", 1, 65_535, PANEL_PORT));
  }

  private static Optional<Path> path(TomlTable table, String key, Path folder) {
    return table.optionalText(key).map(folder::resolve);
  }

  static String matching(TomlTable table, String key, String pattern, String wanted) {
    if (!table.has(key)) {
      return table.text(key);
    }
    Optional<String> text = table.optionalText(key);
    if (text.isPresent() && !text.get().matches(pattern)) {
      table.complain(key, key + " must be " + wanted);
    }
    return text.orElse("");
  }
}
