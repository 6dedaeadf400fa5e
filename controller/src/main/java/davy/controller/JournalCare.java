package davy.controller;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.journal.Journal;
import davy.controller.journal.Keeper;
import davy.controller.journal.Signer;
import davy.hal.Agent;
import davy.hal.Clock;
import java.io.IOException;
import java.util.List;

/** Who looks after what the journal has written: signs it, packs it, lets the oldest go. */
record JournalCare(Signer signer, Keeper keeper) {

  private static final int MEGABYTE_SHIFT = 20;

  /**
   * @throws IOException when the journal's folder can't be read
   */
  static JournalCare of(Journal journal, Site site, Folders folders, Clock clock)
      throws IOException {
    Signer signer = Signer.open(folders.interlock(), journal, clock);
    Keeper.Limits limits =
        new Keeper.Limits(
            (long) site.journal().keepMegabytes() << MEGABYTE_SHIFT, site.journal().keepDays());
    return new JournalCare(signer, Keeper.open(folders.journal(), journal, signer, limits, clock));
  }

  List<Agent> agents() {
    return List.of(signer, keeper);
  }

  /** Fingerprint of the key that signs, empty where nothing does. */
  String key() {
    return signer.fingerprint();
  }

  /** Empty while the journal is signed, else why it is not. */
  String trouble() {
    return signer.trouble().isEmpty() ? "" : "not signed: " + signer.trouble();
  }

  /** Signs what was recorded last. All threads must have ended. */
  void close() {
    keeper.close();
    signer.close();
  }
}
