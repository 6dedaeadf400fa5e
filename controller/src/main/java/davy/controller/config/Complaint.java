package davy.controller.config;

/**
 * One thing wrong with a file, for a person to mend.
 *
 * @param file as the person named it
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole line is meant
 * @param text what is wrong and what to write instead
 */
public record Complaint(String file, int line, int column, String text) {

  /** {@code heading.toml:12:3: …}, the form editors can jump to. */
  @Override
  public String toString() {
    if (line == 0) {
      return file + ": " + text;
    }
    return file + ":" + line + (column == 0 ? "" : ":" + column) + ": " + text;
  }
}
