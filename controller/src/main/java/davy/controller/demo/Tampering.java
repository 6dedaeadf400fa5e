package davy.controller.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Edits the journal of a running interlock as a skilled forger would: one word of one record, and
 * the hashes of all records behind it anew, in place. Only the key is lacking.
 */
final class Tampering {

  private static final Pattern LINE =
      Pattern.compile(
          "(?s)(\\{\"seq\":(\\d+),.*),\"prev\":\"([0-9a-f]{64})\",\"hash\":\"[^\"]*\"}");

  private Tampering() {}

  /**
   * Changes the last trip that names a word.
   *
   * @param to of the same length, so that no byte moves
   * @return the record's number
   */
  static long edit(Path folder, String word, String to) throws IOException {
    Path file = last(folder);
    String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    int trip = all.lastIndexOf("\"code\":\"zone.withheld\"");
    int begin = all.lastIndexOf('\n', trip) + 1;
    int end = all.lastIndexOf('\n') + 1;
    if (trip < 0 || to.length() != word.length()) {
      throw new IOException("no trip in " + file);
    }
    String[] lines = all.substring(begin, end).split("\n");
    lines[0] = lines[0].replace(word, to);
    StringBuilder forged = new StringBuilder();
    String prev = parts(lines[0]).group(3);
    for (String line : lines) {
      String covered = parts(line).group(1) + ",\"prev\":\"" + prev + "\"";
      prev = sha256(covered);
      forged.append(covered).append(",\"hash\":\"").append(prev).append("\"}\n");
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(begin);
      out.write(forged.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
    return Long.parseLong(parts(lines[0]).group(2));
  }

  private static Path last(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> segments =
          files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
      if (segments.isEmpty()) {
        throw new IOException("no journal in " + folder);
      }
      return segments.getLast();
    }
  }

  private static Matcher parts(String line) throws IOException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IOException("no record: " + line);
    }
    return parts;
  }

  private static String sha256(String bytes) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
