package davy.controller.demo;

import java.util.Locale;
import java.util.Optional;

/**
 * What the mine can be told, one line each: a word and what it is about.
 *
 * @param target head, line or zone; empty where the word needs none
 */
record MineCommand(Word word, String target) {

  /** The words, as a person types them in the live demonstration too. */
  enum Word {
    /** Gas breaks in at the face until {@code calm}. */
    OUTBURST(""),
    /** The inflow is back to that of a quiet day. */
    CALM(""),
    /** A head answers no longer. */
    UNPLUG("T1, T2, CO or WIND"),
    /** A head answers again. */
    PLUG("T1, T2, CO or WIND"),
    /** Every slave of a line falls silent. */
    FREEZE("sensors or relays"),
    /** Every slave of a line answers again. */
    THAW("sensors or relays"),
    /** A person closes a breaker. */
    CLOSE("Z1"),
    /** A person turns the consent key for a second. */
    KEY("");

    private final String about;

    Word(String about) {
      this.about = about;
    }

    /** What may stand behind the word; empty where nothing may. */
    String about() {
      return about;
    }
  }

  static MineCommand of(Word word) {
    return new MineCommand(word, "");
  }

  String line() {
    String text = word.name().toLowerCase(Locale.ROOT);
    return target.isEmpty() ? text : text + " " + target;
  }

  /** Empty for a line that is no command. */
  static Optional<MineCommand> read(String line) {
    String[] words = line.strip().split("\\s+");
    for (Word word : Word.values()) {
      boolean alone = word.about.isEmpty();
      if (word.name().equalsIgnoreCase(words[0]) && words.length == (alone ? 1 : 2)) {
        return Optional.of(new MineCommand(word, alone ? "" : words[1]));
      }
    }
    return Optional.empty();
  }
}
