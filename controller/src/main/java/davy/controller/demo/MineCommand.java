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
    UNPLUG("T1, T2, T3, CO or WIND"),
    /** A head answers again. */
    PLUG("T1, T2, T3, CO or WIND"),
    /** Every slave of a line falls silent. */
    FREEZE("sensors, relays or contacts"),
    /** Every slave of a line answers again. */
    THAW("sensors, relays or contacts"),
    /** What is wrong with the copper of a line, and with one in how many answers. */
    WIRE("all=late/3, or another line, fault and number; good ends it"),
    /** The adapter of a line is pulled: the port is gone. */
    VANISH("sensors, relays or contacts"),
    /** It is plugged in again. */
    APPEAR("sensors, relays or contacts"),
    /** Gas far above the face's head's range for a moment. */
    FLOOD(""),
    /** A head says the same for ever. */
    STICK("T1 or T2"),
    /** Test gas of 2.00 %CH4 at a head. */
    TESTGAS("T1 or T2"),
    /** A head says what it measures again. */
    LOOSE("T1 or T2"),
    /** Gas comes with the air before the fan: a neighbouring heading's. */
    INTAKE("a percentage such as 1.80"),
    /** The local fan stops. */
    STOPFAN(""),
    /** A person starts the local fan: nothing happens while its start is locked. */
    STARTFAN(""),
    /** The contacts of a breaker weld together. */
    WELD("Z1"),
    /** A new breaker is fitted. */
    REPAIR("Z1"),
    /** A person closes a breaker. */
    CLOSE("Z1 or Z0"),
    /** A person turns the consent key for a second. */
    KEY(""),
    /** The guard moves its master relays; nobody types that. */
    MASTER("1 or 0");

    private final String about;

    Word(String about) {
      this.about = about;
    }

    /** What may stand behind the word; empty where nothing may. */
    String about() {
      return about;
    }

    /** Whether a person may type it. */
    boolean typed() {
      return this != MASTER;
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
