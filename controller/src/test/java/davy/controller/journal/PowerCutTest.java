package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes under a real writer: it is killed, and what it had not synchronised is lost or
 * torn, as {@code power_cut.c} noted at the process's own calls; {@code -Ddavy.cuts=N} asks for
 * more.
 */
final class PowerCutTest {

  private static final int CUTS =
      Integer.getInteger("davy.cuts", Boolean.getBoolean("davy.long") ? 1_000 : 24);
  private static final int A_FOLDER = 4;
  private static final long NUMBERS = 1_000_000_000L;

  @TempDir static Path place;
  private static Path shim;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    shim = place.resolve("power_cut.so");
    String flags = "-std=c11 -O1 -Wall -Wextra -Werror -shared -fPIC src/test/c/power_cut.c -ldl";
    List<String> command = new ArrayList<>(List.of("gcc", "-o", shim.toString()));
    command.addAll(List.of(flags.split(" ")));
    Process gcc = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, gcc.waitFor(), "gcc; ./davy test installs it");
  }

  @Test
  void afterAPowerCutAtAnyMomentEveryDurableRecordIsThereAndTheChainHolds() throws Exception {
    long seed = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("PowerCutTest: -Ddavy.seed=" + seed + " -Ddavy.cuts=" + CUTS);
    Random random = new Random(seed);
    long taken = 0;
    for (int round = 0; round * A_FOLDER < CUTS; round++) {
      Path folder = Files.createDirectory(place.resolve("round-" + round));
      long[] durable = new long[A_FOLDER];
      for (int life = 0; life < A_FOLDER; life++) {
        durable[life] = lifeOf(folder, life, random);
        taken += PowerCut.of(folder.resolve("synced"), random).take(folder.resolve("mine"));
      }
      Found.check(folder.resolve("mine/journal"), durable, NUMBERS);
    }
    System.out.println("PowerCutTest: the cuts took or tore " + taken + " bytes");
    assertTrue(taken > 0, "no cut took anything");
  }

  /** The control: a disk that loses one synchronised write is noticed. */
  @Test
  void aDiskThatLiesAboutASyncIsNoticed() throws Exception {
    Path round = Files.createDirectory(place.resolve("lying"));
    Random random = new Random(1);
    long durable = lifeOf(round, 0, random);
    PowerCut.of(round.resolve("synced"), random).takeSynchronised(round.resolve("mine"), 4096);
    assertTrue(Found.in(round.resolve("mine/journal")).lost(1, durable) > 0);
  }

  /** Kills a writer and returns the last number that it told to be durable. */
  private static long lifeOf(Path round, int life, Random random)
      throws IOException, InterruptedException {
    Path mine = Files.createDirectories(round.resolve("mine"));
    Path synced = Files.createDirectories(round.resolve("synced"));
    Map<String, String> environment =
        Map.of("LD_PRELOAD", shim.toString(), "SYNCED", synced.toString());
    return Victim.start(mine.resolve("journal"), life * NUMBERS, environment)
        .killAfter(random.nextInt(1, 12), random.nextInt(20_000));
  }
}
