package davy.controller.command;

import davy.controller.journal.JournalReader.Item;
import davy.controller.journal.JournalRecord;
import java.io.PrintWriter;

/** Prints what a journal's reader yields; damaged lines go to the error stream and are counted. */
final class JournalPrinter {

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private int damaged;

  JournalPrinter(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  void print(Item item) {
    switch (item) {
      case Item.Good good -> print(good.record());
      case Item.Bad bad -> {
        damaged++;
        err.printf("DAMAGED: %s line %d: %s%n", bad.file(), bad.line(), bad.what());
      }
    }
  }

  private void print(JournalRecord record) {
    out.println(json ? record.json() : JournalLine.of(record));
  }

  int exit() {
    return damaged == 0 ? Exit.OK : Exit.WRONG;
  }
}
