package davy.controller.link;

import static davy.controller.link.LinkTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of other users at sockets whose files somebody has opened to everyone (S25). */
class ForeignPeerTest {

  private static final String NOBODY = "65534";
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--");
  private static final String TRIP = "{\"request\":\"trip\",\"zone\":\"Z1\",\"person\":\"wang\"}\n";

  @TempDir Path folder;
  private LinkServer link;
  private TestScan scan;

  @BeforeEach
  void startInterlock() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
    Site site = TestSite.site(Optional.empty());
    JournalStatus status = new JournalStatus(true, "", "e", 7, "h", "k", 0, 0);
    LinkServer.Sources sources =
        new LinkServer.Sources(
            new Persons(List.of(), ""),
            () -> status,
            _ -> 1,
            new ConfigurationStatus("", List.of()),
            folder.resolve("county-trips"));
    link = LinkServer.start(site, folder, sources, Clock.SYSTEM);
    scan = new TestScan(site, link);
    await("the zones are granted", () -> scan.permit(0) == Permit.GRANTED);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    for (String name : List.of(LinkServer.STATUS, LinkServer.PANEL, LinkServer.UPLINK)) {
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rw-rw-rw-"));
    }
  }

  @AfterEach
  void stopInterlock() throws Exception {
    if (scan != null) {
      scan.close();
      link.close();
    }
  }

  /** What a socket says to a process that sends a trip and then only listens. */
  private String heard(List<String> as, String socket) throws Exception {
    List<String> command = new ArrayList<>(as);
    command.addAll(List.of("socat", "-t", "5", "-", "UNIX-CONNECT:" + folder.resolve(socket)));
    Path trip = Files.writeString(folder.resolve("trip"), TRIP);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(trip.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "socat does not end");
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aForeignUserIsTurnedAwayAtEverySocketAndOurOwnIsHeard() throws Exception {
    for (String name : List.of(LinkServer.STATUS, LinkServer.PANEL, LinkServer.UPLINK)) {
      assertEquals("", heard(AS_NOBODY, name), name);
    }
    assertEquals(Permit.GRANTED, scan.permit(0), "a stranger's trip is not taken");
    assertTrue(heard(List.of(), LinkServer.PANEL).contains("TRIPPED"));
    await("the zone is cut", () -> scan.permit(0) == Permit.WITHHELD);
  }
}
