package davy.controller.journal;

import davy.controller.event.EventCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Someone with the disk and without the key, who knows the format well. One file at most. */
final class Forger {

  private static final Pattern SEAL = Pattern.compile(",\"prev\":\"[0-9a-f]{64}\",\"hash\".*");
  private static final Pattern SEQ = Pattern.compile("^\\{\"seq\":\\d+");

  private final FaultyStorage original;
  private final List<Line> lines = new ArrayList<>();

  /** A record's line. */
  record Line(String text) {
    boolean is(EventCode code) {
      return text.contains("\"code\":\"" + code.id() + "\"");
    }

    long number(String name) {
      Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(text);
      return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    Optional<String> value(String name) {
      Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(text);
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
  }

  private Forger(FaultyStorage original) {
    this.original = original;
  }

  static Forger of(FaultyStorage journal) {
    Forger forger = new Forger(journal);
    String all = new String(journal.files.get(Segment.name(1)), StandardCharsets.UTF_8);
    all.lines().forEach(line -> forger.lines.add(new Line(line)));
    return forger;
  }

  static Forger withoutSignatures(Forger other) {
    Forger bare = new Forger(other.original.copy());
    bare.original.files.remove(Checkpoint.HEAD_FILE);
    other.lines.stream()
        .filter(line -> !line.is(EventCode.JOURNAL_CHECKPOINT) && !line.is(EventCode.JOURNAL_KEY))
        .forEach(bare.lines::add);
    return bare;
  }

  Line line(int index) {
    return lines.get(index);
  }

  long count(EventCode code, String with) {
    return lines.stream().filter(line -> line.is(code) && line.text().contains(with)).count();
  }

  /** Index of the second record behind the nth checkpoint. */
  int firstAfterCheckpoint(int nth) {
    int seen = 0;
    for (int at = 0; at < lines.size(); at++) {
      seen += lines.get(at).is(EventCode.JOURNAL_CHECKPOINT) ? 1 : 0;
      if (seen == nth) {
        return at + 2;
      }
    }
    throw new AssertionError("no checkpoint " + nth);
  }

  void change(int index, String what, String to) {
    Line line = lines.get(index);
    lines.set(index, new Line(line.text().replace(what, to)));
  }

  void remove(int index) {
    lines.remove(index);
  }

  void insert(int index, Line line) {
    lines.add(index, line);
  }

  void swap(int one, int other) {
    Line first = lines.get(one);
    lines.set(one, lines.get(other));
    lines.set(other, first);
  }

  void cut(int count) {
    lines.subList(lines.size() - count, lines.size()).clear();
  }

  /** Numbers, links and seals all made anew. */
  FaultyStorage chained() {
    return chained(false);
  }

  /** The checkpoints name the forged records too; only their signatures can't be made. */
  FaultyStorage chainedWithHeads() {
    return chained(true);
  }

  private FaultyStorage chained(boolean heads) {
    String prev = Seal.ZERO;
    List<String> hashes = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (Line line : lines) {
      String body = SEAL.matcher(line.text()).replaceFirst("");
      body = SEQ.matcher(body).replaceFirst("{\"seq\":" + (hashes.size() + 1));
      if (heads && line.is(EventCode.JOURNAL_CHECKPOINT)) {
        String head = hashes.get((int) Math.min(line.number("upTo"), hashes.size()) - 1);
        body = body.replaceFirst("\"head\":\"[0-9a-f]{64}\"", "\"head\":\"" + head + "\"");
      }
      body += ",\"prev\":\"" + prev + "\"}";
      Seal.Sealed sealed = Seal.seal(body.getBytes(StandardCharsets.UTF_8));
      all.append(new String(sealed.line(), StandardCharsets.UTF_8));
      prev = sealed.hash();
      hashes.add(prev);
    }
    FaultyStorage forged = original.copy();
    forged.put(Segment.name(1), all.toString().getBytes(StandardCharsets.UTF_8));
    return forged;
  }

  /** Everything behind the nth checkpoint is gone, and the head file says so too. */
  FaultyStorage backToCheckpoint(int nth, SigningKey key) throws java.io.IOException {
    cut(lines.size() - firstAfterCheckpoint(nth) + 1);
    Line line = lines.getLast();
    FaultyStorage back = chained();
    Checkpoint checkpoint =
        new Checkpoint(
            line.value("epoch").orElseThrow(),
            line.number("upTo"),
            line.value("head").orElseThrow(),
            line.value("key").orElseThrow(),
            line.value("signature").orElseThrow());
    new SignedHead(checkpoint, key.publicKey()).write(back);
    return back;
  }
}
