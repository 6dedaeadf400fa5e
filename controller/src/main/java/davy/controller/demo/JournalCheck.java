package davy.controller.demo;

import davy.controller.journal.Chain;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether the run has left a journal that can be believed.
 *
 * @param trouble empty where it is sound
 */
record JournalCheck(long records, String trouble) {

  static JournalCheck of(Path journal) {
    try {
      return switch (Chain.verify(journal)) {
        case Chain.Verdict.Consistent whole -> new JournalCheck(whole.totals().records(), "");
        case Chain.Verdict.Damaged torn ->
            new JournalCheck(torn.before().records(), torn.damage().toString());
      };
    } catch (IOException e) {
      return new JournalCheck(0, e.getMessage());
    }
  }

  boolean sound() {
    return trouble.isEmpty();
  }
}
