package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends before anything is asked of an interlock. */
final class ProofTestCommandTest {

  private static final String SITE = "../deploy/sites/heading.toml";

  @TempDir private Path root;

  private final StringWriter err = new StringWriter();

  private int run(String site, String zone) {
    return CommandMain.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        "prooftest",
        site,
        "--zone",
        zone,
        "--person",
        "li",
        "--root",
        root.toString());
  }

  @Test
  void aZoneThatTheSiteDoesNotHaveIsNamed() {
    assertEquals(Exit.WRONG, run(SITE, "Z9"));
    assertTrue(err.toString().contains("no zone Z9; there are: Z1"), err.toString());
  }

  @Test
  void withoutAJournalOrAnInterlockNothingIsTripped() throws IOException {
    assertEquals(Exit.NO_INPUT, run(SITE, "Z1"));
    assertTrue(err.toString().contains("no such folder"), err.toString());
    Files.createDirectory(root.resolve("journal"));
    assertEquals(Exit.NO_INPUT, run(SITE, "Z1"));
    assertTrue(err.toString().contains("no connection to the interlock"), err.toString());
  }

  @Test
  void aSiteFileThatIsNotThereOrRefusedEndsIt() throws IOException {
    assertEquals(Exit.NO_INPUT, run(root + "/none.toml", "Z1"));
    Path broken = Files.writeString(root.resolve("broken.toml"), "[site]\n");
    assertEquals(Exit.CONFIG, run(broken.toString(), "Z1"));
  }
}
