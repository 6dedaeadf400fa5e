package davy.controller;

import org.tinylog.Logger;

/** Logs more than a pipe holds, then says so on the other stream. */
final class Talker {

  private static final int LINES = 4_000;

  private Talker() {}

  public static void main(String[] arguments) {
    for (int line = 0; line < LINES; line++) {
      Logger.warn("line {} of many, long enough to fill the pipe that nobody reads", line);
    }
    System.out.println("all said");
  }
}
