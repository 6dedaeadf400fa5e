package davy.controller.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Asks for a PIN: from the terminal without echo, else the first line of standard input. */
final class PinPrompt {

  private PinPrompt() {}

  static Optional<char[]> once() throws IOException {
    Optional<Console> console = console();
    return console.isPresent()
        ? Optional.ofNullable(console.get().readPassword("PIN: "))
        : firstLine();
  }

  /** Twice at the terminal; empty where the two differ. */
  static Optional<char[]> twice() throws IOException {
    Optional<Console> console = console();
    if (console.isEmpty()) {
      return firstLine();
    }
    char[] first = console.get().readPassword("PIN: ");
    char[] again = console.get().readPassword("PIN again: ");
    return Arrays.equals(first, again) ? Optional.ofNullable(first) : Optional.empty();
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static Optional<char[]> firstLine() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return Optional.ofNullable(in.readLine()).map(String::toCharArray);
  }
}
