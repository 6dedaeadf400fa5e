package davy.controller;

import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the interlock for a few seconds on two pseudo-terminals at which nobody answers, then ends:
 * {@code bin/davy cache} lets Java write its start-up cache from such a run. It is told a folder
 * and leaves there what an interlock leaves.
 */
public final class TrainingMain {

  private static final long RUN_NANOS = 4_000_000_000L;

  private TrainingMain() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    try (Pty one = Pty.open();
        Pty other = Pty.open()) {
      String text =
          site()
              .replace("@heads@", one.path().toString())
              .replace("@relays@", other.path().toString());
      Path site = Files.writeString(folder.resolve("site.toml"), text);
      InterlockMain.main(new String[] {site.toString(), "--root", folder.toString()});
      long end = System.nanoTime() + RUN_NANOS;
      while (System.nanoTime() - end < 0) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }
    System.exit(0);
  }

  private static String site() throws IOException {
    try (InputStream in = TrainingMain.class.getResourceAsStream("/davy/training/site.toml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
