package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is warmed up before the first permit. */
final class RehearsalTest {

  @TempDir private Path folder;

  @Test
  void itGrantsAndTripsOnMadeUpLinesAndLeavesNothingBehind() throws IOException {
    Site site = training();
    Rehearsal.Seen seen = Rehearsal.run(site);
    assertTrue(seen.granted() > 0, seen.toString());
    assertTrue(seen.trips() > 1, seen.toString());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "its ports do not exist, and nobody made anything");
    }
  }

  private Site training() throws IOException {
    try (InputStream in = TrainingMain.class.getResourceAsStream("/davy/training/site.toml")) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@heads@", folder.resolve("heads").toString())
              .replace("@relays@", folder.resolve("relays").toString());
      Path file = Files.writeString(folder.resolve("site.toml"), text);
      return ((SiteFile.Outcome.Accepted) SiteFile.read(file)).site();
    }
  }
}
