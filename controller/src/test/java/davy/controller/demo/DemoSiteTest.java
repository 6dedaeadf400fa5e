package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Folders;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.hal.posix.Pty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoSiteTest {

  /** Any Ed25519 public key. */
  private static final String KEY = "MCowBQYDK2VwAyEAj6yXpNrU+7D16Kwp7AYWbs455XQ9pgEFswJTKLkwX2Q=";

  @TempDir private Path root;

  @Test
  void theDemonstrationsSiteKeepsTheLegalLimitAndKnowsItsPerson() throws Exception {
    Files.createDirectories(root.resolve("dev"));
    try (Pty sensors = Pty.open();
        Pty relays = Pty.open();
        Pty contacts = Pty.open();
        Pty guard = Pty.open()) {
      Files.createSymbolicLink(MineMain.link(root, Mine.SENSORS), sensors.path());
      Files.createSymbolicLink(MineMain.link(root, Mine.RELAYS), relays.path());
      Files.createSymbolicLink(MineMain.link(root, Mine.CONTACTS), contacts.path());
      Files.createSymbolicLink(MineMain.link(root, GuardBoard.LINE), guard.path());
      Path file = DemoSite.write(root, "tcp://127.0.0.1:1883", KEY, 8080);
      SiteFile.Outcome outcome = SiteFile.read(file);
      assertTrue(outcome instanceof SiteFile.Outcome.Accepted, outcome.toString());
      Site site = ((SiteFile.Outcome.Accepted) outcome).site();
      assertTrue(site.profile().demo());
      assertEquals(Judge.LEGAL_MILLIS, site.profile().limitMillis());
      assertEquals(Play.ZONE, site.zones().getFirst().name());
    }
    Persons persons = Persons.read(Folders.of(Optional.of(root)).persons());
    assertEquals("", persons.trouble());
    assertTrue(persons.named(DemoSite.PERSON).orElseThrow().mayReset());
  }
}
