package davy.controller.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a site file, its profile and its device maps. Every key is documented in {@code
 * deploy/docs/site-file.md}. Opens no device and asks only what port names lead to.
 */
public final class SiteFile {

  /** What became of a site file. */
  public sealed interface Outcome {

    record Accepted(Site site) implements Outcome {}

    /**
     * @param complaints all that is wrong, by file and line; never empty. What can only be judged
     *     of a site whose parts fit together (the latency budget) is judged once they do
     */
    record Refused(List<Complaint> complaints) implements Outcome {
      public Refused {
        complaints = List.copyOf(complaints);
      }
    }

    /** The file itself cannot be read. */
    record Unreadable(Complaint complaint) implements Outcome {}
  }

  private final Path folder;
  private final Ports ports;
  private final List<Complaint> complaints = new ArrayList<>();
  private final Shelf profiles = Shelf.builtIn("davy/profiles");
  private final Shelf maps = Shelf.builtIn("davy/maps");
  private final DeviceMaps deviceMaps = new DeviceMaps(maps, complaints);

  private SiteFile(Path folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
  }

  public static Outcome read(Path file) {
    return read(file, Ports.MACHINE);
  }

  /**
   * @param ports says what is a pseudo-terminal
   */
  static Outcome read(Path file, Ports ports) {
    try {
      String text = Files.readString(file);
      Path folder = file.toAbsolutePath().getParent();
      return new SiteFile(folder, ports).judge(file.toString(), text);
    } catch (IOException e) {
      return new Outcome.Unreadable(new Complaint(file.toString(), 0, 0, reason(e)));
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file";
      case CharacterCodingException _ -> "not UTF-8 text";
      default -> "cannot be read: " + failure.getMessage();
    };
  }

  private Outcome judge(String file, String text) {
    Optional<Site> site =
        TomlTable.parse(file, text, complaints)
            .flatMap(root -> draft(root).map(draft -> site(draft, text)));
    if (complaints.isEmpty()) {
      return new Outcome.Accepted(site.orElseThrow());
    }
    return new Outcome.Refused(
        complaints.stream()
            .sorted(
                Comparator.comparing((Complaint complaint) -> !complaint.file().equals(file))
                    .thenComparing(Complaint::file)
                    .thenComparingInt(Complaint::line)
                    .thenComparingInt(Complaint::column))
            .distinct()
            .toList());
  }

  private Site site(Draft draft, String text) {
    Site site = new Assembly(draft).site(digest(draft, text), text);
    BudgetCheck.judge(draft, site);
    return site;
  }

  private String digest(Draft draft, String text) {
    return Digest.of(
        Stream.concat(Stream.of(text, draft.profile().digest()), deviceMaps.texts().stream())
            .toList());
  }

  /** Every section; nothing where any of them was complained of. */
  private Optional<Draft> draft(TomlTable root) {
    SiteHead head = SiteHead.read(root, folder);
    addOwnFiles(head.table(), "profiles", profiles);
    addOwnFiles(head.table(), "maps", maps);
    Optional<Profile> profile = profile(head.table());
    Claims claims = new Claims();
    Named<DraftLine> lines = DraftLine.read(root, ports, claims, head.bench());
    Named<DraftDevice> devices = DraftDevice.read(root, lines, deviceMaps, profile, claims);
    Named<DraftPoint> points = DraftPoint.read(root, devices, profile, claims);
    Named<DraftGroup> groups = DraftGroup.read(root, points, profile, claims);
    Optional<DraftGuard> guard = DraftGuard.read(root, ports, claims, head.bench());
    DeadMan dead = deadMan(head, guard.isPresent());
    DraftZone.Parts parts = new DraftZone.Parts(devices, points, groups, profile, claims, dead);
    Named<DraftZone> zones = DraftZone.read(root, parts);
    Named<DraftFan> fans =
        DraftFan.read(root, new DraftFan.Parts(devices, points, zones, profile, claims));
    Optional<DraftContact> key = key(root, devices, claims);
    Supplies.judge(root, zones, devices, points.all(), fans.all(), key, guard);
    DraftBypass bypass = DraftBypass.read(root, profile);
    DraftAnnunciator annunciator = DraftAnnunciator.read(root, devices, claims);
    root.finish();
    Optional<Draft> draft =
        profile.map(
            rules ->
                Draft.of(
                    head,
                    rules,
                    lines.all(),
                    devices.all(),
                    points.all(),
                    zones.all(),
                    fans.all(),
                    key,
                    guard,
                    bypass,
                    annunciator));
    draft.ifPresent(WholeCheck::judge);
    return complaints.isEmpty() ? draft : Optional.empty();
  }

  private static Optional<DraftContact> key(
      TomlTable root, Named<DraftDevice> devices, Claims claims) {
    return root.optionalTable("consentKey")
        .flatMap(table -> DraftContact.read(table, "pressed", "the consent key", devices, claims));
  }

  private static DeadMan deadMan(SiteHead head, boolean guard) {
    if (head.bench()) {
      return DeadMan.BENCH;
    }
    return guard ? DeadMan.GUARD : DeadMan.NONE;
  }

  private Optional<Profile> profile(TomlTable site) {
    String name = site.text("profile");
    Optional<Shelf.Text> text = profiles.find(name);
    if (text.isEmpty() && !name.isEmpty()) {
      site.complain(
          "profile",
          "no profile is named %s; there are: %s"
              .formatted(name, String.join(", ", profiles.names())));
    }
    return text.flatMap(found -> ProfileFile.read(profiles, found, complaints));
  }

  /** Profiles or maps that the site brings along, by path relative to itself. */
  private void addOwnFiles(TomlTable site, String key, Shelf shelf) {
    if (!site.has(key)) {
      return;
    }
    for (String name : site.texts(key)) {
      try {
        String text = Files.readString(folder.resolve(name));
        addOwnFile(site, key, shelf, new Shelf.Text(name, text));
      } catch (IOException e) {
        site.complain(key, name + ": " + reason(e));
      }
    }
  }

  private void addOwnFile(TomlTable site, String key, Shelf shelf, Shelf.Text file) {
    Optional<String> name =
        TomlTable.parse(file.file(), file.text(), complaints).map(root -> root.text("name"));
    if (name.isPresent() && !shelf.add(name.get(), file)) {
      site.complain(key, "%s: the name %s is taken".formatted(file.file(), name.get()));
    }
  }
}
