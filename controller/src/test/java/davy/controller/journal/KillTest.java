package davy.controller.journal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real writer is killed at random moments; {@code -Ddavy.kills=N} asks for more of them. */
final class KillTest {

  private static final int KILLS =
      Integer.getInteger("davy.kills", Boolean.getBoolean("davy.long") ? 5_000 : 200);
  private static final int A_FOLDER = 8;
  private static final long NUMBERS = 1_000_000_000L;

  @TempDir Path place;

  @Test
  void afterAKillAtAnyMomentEveryDurableRecordIsThereAndTheChainHolds() throws Exception {
    long seed = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("KillTest: -Ddavy.seed=" + seed + " -Ddavy.kills=" + KILLS);
    Random random = new Random(seed);
    Path folder = place;
    long[] durable = new long[A_FOLDER];
    for (int kill = 0; kill < KILLS; kill++) {
      int life = kill % A_FOLDER;
      if (life == 0) {
        folder = place.resolve("journal-" + kill);
      }
      durable[life] =
          Victim.start(folder, life * NUMBERS)
              .killAfter(random.nextInt(12), random.nextInt(20_000));
      if (life == A_FOLDER - 1 || kill == KILLS - 1) {
        Found.check(folder, Arrays.copyOf(durable, life + 1), NUMBERS);
      }
    }
  }
}
