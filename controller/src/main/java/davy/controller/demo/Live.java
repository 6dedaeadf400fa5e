package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The live demonstration: a quiet shift that goes on until Ctrl-C, or until somebody types a word
 * of {@link MineCommand}. A process that is killed meanwhile stays dead, to show what happens then.
 */
final class Live {

  private static final long LOOK_MILLIS = 500;

  /** What follows is for the guard's own inputs. */
  private static final String GUARD = "guard ";

  private static final String GUARD_WORDS =
      ", guard trip 1 or 0 (its loop), guard button 1 or 0, guard supply MILLIVOLTS, guard reset";

  private final MineLink mine;
  private final Children children;
  private final Consumer<String> guard;
  private final Narrator narrator;
  private volatile boolean over;

  /**
   * @param guard takes what is done to the guard's inputs
   */
  Live(MineLink mine, Children children, Consumer<String> guard, Narrator narrator) {
    this.mine = mine;
    this.children = children;
    this.guard = guard;
    this.narrator = narrator;
  }

  int run() throws InterruptedException {
    narrator.tell("live", help());
    Thread.ofPlatform().daemon().name("keyboard").start(this::listen);
    while (!over) {
      for (Children.Child child : children.ended()) {
        children.forget(child);
        narrator.tell(
            "ended",
            new Words(
                "The process " + child.name() + " has ended.", "进程 " + child.name() + " 已结束。"));
        over |= child.name().equals("mine");
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return Demo.PASSED;
  }

  private static Words help() {
    String words =
        Arrays.stream(MineCommand.Word.values())
            .filter(MineCommand.Word::typed)
            .map(word -> (word.name().toLowerCase(Locale.ROOT) + " " + word.about()).strip())
            .collect(Collectors.joining(", ", "", GUARD_WORDS));
    return new Words(
        "A quiet shift. Type what shall happen: " + words + "; quit, or Ctrl-C, ends it.",
        "正常生产。可输入：" + words + "；quit 或 Ctrl-C 结束。");
  }

  private void listen() {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException _) {
      // Nobody types any more; the shift goes on.
    }
  }

  private void hear(String line) {
    if (line.startsWith(GUARD)) {
      guard.accept(line.substring(GUARD.length()));
      return;
    }
    Optional<MineCommand> command = MineCommand.read(line).filter(known -> known.word().typed());
    if (command.isPresent()) {
      mine.send(command.get());
    } else if (line.strip().equalsIgnoreCase("quit")) {
      over = true;
    } else if (!line.isBlank()) {
      narrator.tell("help", help());
    }
  }
}
