package davy.hal.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The kernel's list of this process's threads. */
final class RealTimeTest {

  private static final int LOOKS = 2_000;

  @Test
  void threadsThatEndWhileTheyAreListedAreNoTrouble() throws IOException, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread starter =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    Thread.ofPlatform().start(() -> {});
                  }
                });
    try {
      for (int look = 0; look < LOOKS; look++) {
        assertTrue(RealTime.tasks().stream().anyMatch(task -> task.name().equals("VM Thread")));
      }
    } finally {
      done.set(true);
      starter.join();
    }
  }

  @Test
  void aNameIsCutAsTheKernelCutsIt() {
    assertEquals("davy-uplink-soc", RealTime.taskName("davy-uplink-socket"));
    assertEquals("C1 CompilerThre", RealTime.taskName("C1 CompilerThread0"));
  }
}
