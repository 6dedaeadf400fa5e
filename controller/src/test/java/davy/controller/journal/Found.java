package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What a journal holds after its writers were killed. */
record Found(Chain.Verdict verdict, Set<Long> numbers) {

  static Found in(Path folder) throws IOException {
    Journal.open(folder, 16_384, Clock.SYSTEM).close();
    Set<Long> numbers = new HashSet<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        if (item.get() instanceof JournalReader.Item.Good good) {
          good.record().number("number").ifPresent(numbers::add);
        }
      }
    }
    return new Found(Chain.verify(folder), numbers);
  }

  /**
   * The journal is opened once more; its chain holds, and every entry is there that a writer told
   * to be durable.
   *
   * @param durable of each life the last number told
   * @param step the numbers of life n begin behind n times this
   */
  static void check(Path folder, long[] durable, long step) throws IOException {
    Found found = in(folder);
    assertTrue(found.verdict instanceof Chain.Verdict.Consistent, found.verdict.toString());
    long count = 0;
    for (int life = 0; life < durable.length; life++) {
      long lost = found.lost(life * step + 1, durable[life]);
      assertTrue(lost == 0, "life " + life + " lost " + lost + " durable entries");
      count += durable[life] - life * step;
    }
    assertTrue(count > 0, "no life recorded anything");
    System.out.println(found.verdict + ", durable " + count);
  }

  /** How many of these numbers are not there. */
  long lost(long from, long to) {
    long lost = 0;
    for (long number = from; number <= to; number++) {
      lost += numbers.contains(number) ? 0 : 1;
    }
    return lost;
  }
}
