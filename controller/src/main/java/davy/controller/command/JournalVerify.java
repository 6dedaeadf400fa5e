package davy.controller.command;

import davy.controller.journal.Chain;
import davy.controller.journal.Fingerprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy journal verify DIR}. */
@Command(
    name = "verify",
    description = {
      "Checks chain and signatures of a journal and names the first bad record.",
      "Without --key the signatures are checked against the key that the journal itself names: the"
          + " signer is not checked.",
      "Exit 0: consistent. Exit 1: damaged. Exit 66: no journal there."
    })
final class JournalVerify implements Callable<Integer> {

  /** A running interlock may be in the middle of a write: the second look decides. */
  private static final int SECOND_LOOK_MILLIS = 400;

  @Parameters(paramLabel = "DIR", description = "The journal's folder.")
  private Path folder;

  @Option(
      names = "--key",
      paramLabel = "FILE|FINGERPRINT",
      description = "The device's public key, noted elsewhere; again for each further one.")
  private List<String> keys = List.of();

  @Option(
      names = "--head",
      paramLabel = "SEQ:HASH",
      description = "A record's number and hash, noted elsewhere: it must be there unchanged.")
  private List<String> heads = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Set<String> trusted = trusted();
      Map<Long, String> known = known();
      Chain.Verdict verdict = Chain.verify(folder, trusted, known);
      if (verdict instanceof Chain.Verdict.Damaged damaged && damaged.damage().atEnd()) {
        TimeUnit.MILLISECONDS.sleep(SECOND_LOOK_MILLIS);
        verdict = Chain.verify(folder, trusted, known);
      }
      return switch (verdict) {
        case Chain.Verdict.Consistent consistent -> {
          totals(out, consistent.totals());
          out.println(signed(consistent.totals(), trusted));
          yield Exit.OK;
        }
        case Chain.Verdict.Damaged damaged -> {
          totals(out, damaged.before());
          Chain.Damage damage = damaged.damage();
          out.printf(
              "DAMAGED at %s line %d, record %d: %s%n",
              damage.file(), damage.line(), damage.seq(), damage.what());
          yield Exit.WRONG;
        }
      };
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private Set<String> trusted() throws IOException {
    Set<String> trusted = new HashSet<>();
    for (String key : keys) {
      trusted.add(Fingerprint.named(key));
    }
    return trusted;
  }

  private Map<Long, String> known() {
    Map<Long, String> known = new HashMap<>();
    for (String head : heads) {
      if (!head.matches("\\d{1,18}:[0-9a-f]{64}")) {
        throw new ParameterException(spec.commandLine(), "--head is SEQ:HASH, not " + head);
      }
      known.put(Long.parseLong(head.split(":")[0]), head.split(":")[1]);
    }
    return known;
  }

  private static String signed(Chain.Totals totals, Set<String> trusted) {
    long open = totals.lastSeq() - totals.signedSeq();
    if (totals.signedSeq() == 0) {
      return "consistent; nothing is signed";
    }
    String extent =
        "signed up to record "
            + totals.signedSeq()
            + (open > 0 ? ", the last " + open + " not yet" : "");
    return trusted.isEmpty()
        ? "consistent; " + extent + "; signer not checked (--key)"
        : "consistent; " + extent + "; by the given key";
  }

  private static void totals(PrintWriter out, Chain.Totals totals) {
    out.printf("records   %d in %d files%n", totals.records(), totals.segments());
    if (totals.records() > 0) {
      out.printf("first     %d  %s%n", totals.firstSeq(), totals.firstTime());
      out.printf("last      %d  %s%n", totals.lastSeq(), totals.lastTime());
      out.printf("epoch     %s%n", totals.epoch());
      out.printf("head      %s%n", totals.head());
      totals.keys().forEach(key -> out.printf("key       %s%n", key));
      out.printf("repairs   %d torn tails cut, each recorded%n", totals.repairs());
      out.printf("lost      %d records could not be written, each counted%n", totals.lost());
    }
  }
}
