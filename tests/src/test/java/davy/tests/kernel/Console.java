package davy.tests.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The guest's end of the console. What begins with a question mark is answered by one line; what
 * begins with an exclamation mark is a result; the rest is for people.
 */
final class Console {

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));

  synchronized String ask(String question) {
    say('?', question);
    try {
      String answer = in.readLine();
      if (answer == null) {
        throw new IllegalStateException("the console has ended");
      }
      return answer.strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  synchronized void result(String text) {
    say('!', text);
  }

  private static void say(char first, String text) {
    System.out.println(first + text.replace('\n', ' '));
    System.out.flush();
  }
}
