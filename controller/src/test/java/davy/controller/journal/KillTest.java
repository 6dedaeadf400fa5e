package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real writer is killed at random moments; {@code -Ddavy.kills=N} asks for more of them. */
final class KillTest {

  private static final int KILLS =
      Integer.getInteger("davy.kills", Boolean.getBoolean("davy.long") ? 1_000 : 40);
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
        check(folder, durable, life);
      }
    }
  }

  private static void check(Path folder, long[] durable, int lives) throws IOException {
    Journal.open(folder, 16_384, Clock.SYSTEM).close();
    Chain.Verdict verdict = Chain.verify(folder);
    assertTrue(verdict instanceof Chain.Verdict.Consistent, verdict.toString());
    Set<Long> found = new HashSet<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        if (item.get() instanceof JournalReader.Item.Good good) {
          good.record().number("number").ifPresent(found::add);
        }
      }
    }
    long count = 0;
    for (int life = 0; life <= lives; life++) {
      for (long number = life * NUMBERS + 1; number <= durable[life]; number++, count++) {
        assertTrue(found.contains(number), "life " + life + " lost " + number);
      }
    }
    assertTrue(count > 0, "no life recorded anything");
    System.out.println("KillTest: " + verdict + ", durable " + count);
  }
}
