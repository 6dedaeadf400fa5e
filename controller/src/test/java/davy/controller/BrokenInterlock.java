package davy.controller;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.hal.Board;
import davy.hal.Clock;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The real process on a site whose first scan is a defect (its points stand on a line that is not
 * there) and on a board that cannot be released without one more.
 */
final class BrokenInterlock {

  private BrokenInterlock() {}

  public static void main(String[] arguments) throws IOException {
    Folders folders = Folders.of(Optional.of(Path.of(arguments[0])));
    if (SiteFile.read(Path.of("../deploy/sites/heading.toml"))
        instanceof SiteFile.Outcome.Accepted(Site site)) {
      InterlockProcess.start(
          site, folders, new Wires(List.of(), Optional.empty(), new BrokenBoard()), Clock.SYSTEM);
    }
  }

  private static final class BrokenBoard implements Board {
    @Override
    public OutputLine output(LineName line, Active active) {
      return new OutputLine() {
        @Override
        public void drive(boolean energised) {}

        @Override
        public boolean senses() {
          return false;
        }
      };
    }

    @Override
    public InputLine input(LineName line, Active active, Pull pull) {
      return () -> false;
    }

    @Override
    public void close() {
      throw new IllegalStateException("the board cannot be released");
    }
  }
}
