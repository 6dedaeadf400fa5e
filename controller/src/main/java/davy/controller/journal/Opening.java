package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a folder ready to be continued: cuts what the last run left half-written, keeping the bytes
 * beside, and says what is to be recorded about it.
 *
 * @param first the records to begin with
 * @param continued there was a journal here before
 */
record Opening(RecordEncoder encoder, Tail.Found tail, List<Entry> first, boolean continued) {

  private static final int BLOCK = 1 << 16;

  static Opening of(Storage storage, Tick now) throws IOException {
    boolean continued =
        !Segment.all(storage).isEmpty() || storage.names().contains(Checkpoint.HEAD_FILE);
    Tail.Found tail = Tail.find(storage);
    for (Tail.Cut cut : tail.cuts()) {
      cut(storage, cut, tail.seq() + 1);
    }
    String epoch = tail.epoch().orElseGet(Opening::freshEpoch);
    List<Entry> first = new ArrayList<>();
    first.add(new Entry(EventCode.JOURNAL_OPENED, now, opened(tail, epoch)));
    if (!tail.damaged()) {
      for (String torn : Segment.torn(storage, tail.seq() + 1)) {
        first.add(new Entry(EventCode.JOURNAL_REPAIRED, now, repaired(storage, torn)));
      }
    }
    RecordEncoder encoder = new RecordEncoder(epoch, tail.seq(), tail.hash());
    return new Opening(encoder, tail, List.copyOf(first), continued);
  }

  private static String freshEpoch() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static Map<String, Object> opened(Tail.Found tail, String epoch) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", epoch);
    String begins = tail.damaged() ? "anew" : tail.epoch().isPresent() ? "continued" : "first";
    fields.put("begins", begins);
    fields.put("boot", Boot.id());
    return fields;
  }

  /** Keeps the bytes first, on disk, and cuts then: a power cut in between loses nothing. */
  private static void cut(Storage storage, Tail.Cut cut, long seq) throws IOException {
    if (storage.size(cut.segment()) == cut.from()) {
      return;
    }
    String torn = Segment.freshTorn(storage, seq);
    byte[] block = new byte[BLOCK];
    long at = cut.from();
    int count = storage.read(cut.segment(), at, block, 0, BLOCK);
    while (count > 0) {
      storage.append(torn, block, count);
      at += count;
      count = storage.read(cut.segment(), at, block, 0, BLOCK);
    }
    storage.sync(torn);
    storage.syncFolder();
    storage.truncate(cut.segment(), cut.from());
    storage.sync(cut.segment());
  }

  private static Map<String, Object> repaired(Storage storage, String torn) throws IOException {
    MessageDigest digest = Seal.digest();
    byte[] block = new byte[BLOCK];
    long at = 0;
    int count = storage.read(torn, at, block, 0, BLOCK);
    while (count > 0) {
      digest.update(block, 0, count);
      at += count;
      count = storage.read(torn, at, block, 0, BLOCK);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", torn);
    fields.put("bytes", at);
    fields.put("sha256", HexFormat.of().formatHex(digest.digest()));
    return fields;
  }
}
