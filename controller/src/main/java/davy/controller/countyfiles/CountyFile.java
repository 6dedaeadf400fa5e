package davy.controller.countyfiles;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One file: a header, records, and an end by which a reader knows that it is whole.
 *
 * @param name {@code mine_TYPE_yyyyMMddHHmmss.txt}
 * @param text UTF-8 without a mark
 */
record CountyFile(String name, String text) {

  /** What a value is that is not there. */
  static final String BAD = "-9999";

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter IN_NAME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(CHINA);
  private static final DateTimeFormatter IN_TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(CHINA);

  enum Type {
    /** 测点定义 */
    CDDY,
    /** 测点实时 */
    CDSS,
    /** 统计数据 */
    TJSJ,
    /** 异常报警 */
    YCBJ,
    /** 分站定义 */
    FZDY,
    /** 分站实时 */
    FZSS
  }

  static CountyFile of(
      Type type, String mine, String mineName, Instant time, List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    row(text, List.of(mine, mineName, time(time)));
    rows.forEach(row -> row(text, row));
    text.append("||");
    return new CountyFile(mine + "_" + type + "_" + IN_NAME.format(time) + ".txt", text.toString());
  }

  private static void row(StringBuilder text, List<String> fields) {
    text.append(String.join(";", fields.stream().map(CountyFile::plain).toList())).append('~');
  }

  /** Without the characters that separate. */
  private static String plain(String field) {
    return field.replaceAll("[;~|\\p{Cntrl}]", " ").strip();
  }

  /** Time of China, which is that of every mine there. */
  static String time(Instant time) {
    return IN_TEXT.format(time);
  }
}
