package davy.controller.demo;

import davy.hal.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The interlock and its guard as processes that a scenario may harm and bring back. The main
 * thread, whose children they are.
 */
final class Daemons {

  private final Children children;
  private final MineLink mine;
  private final List<String> command;
  private final GuardBoard board;
  private final Optional<WallClock> clock;
  private Children.Child interlock;
  private Children.Child guard;

  /**
   * Starts both, the guard first.
   *
   * @param command of the interlock
   * @param clock that it sees; empty for the machine's own
   */
  Daemons(
      Children children,
      MineLink mine,
      List<String> command,
      GuardBoard board,
      Optional<WallClock> clock)
      throws IOException {
    this.children = children;
    this.mine = mine;
    this.clock = clock;
    this.command = clock.map(under -> under.under(command)).orElse(List.copyOf(command));
    this.board = board;
    this.guard = board.start();
    this.interlock = children.start("interlock", this.command);
  }

  void killInterlock() throws InterruptedException {
    harmed("interlock killed");
    kill(interlock);
  }

  /** As its unit does after a crash. */
  void restartInterlock() {
    try {
      interlock = children.start("interlock", command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every thread of it stands still where it is. */
  void stopInterlock() throws InterruptedException {
    harmed("interlock stopped");
    try {
      String pid = Long.toString(interlock.process().pid());
      new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The wall clock of the interlock jumps. */
  void stepClock(String offset) {
    clock.orElseThrow().step(offset);
  }

  /** As a person does with a program that hangs. */
  void replaceInterlock() throws InterruptedException {
    kill(interlock);
    restartInterlock();
  }

  /** As a loss of its supply. */
  void killGuard() throws InterruptedException {
    harmed("guard killed");
    kill(guard);
  }

  void restartGuard() {
    try {
      guard = board.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something to the guard's inputs, as its board takes them; any thread. */
  void tellGuard(String words) {
    board.say(words);
  }

  /** The guard's own button; any thread. */
  void button(boolean held) {
    board.say("button " + (held ? "1" : "0"));
  }

  private void kill(Children.Child child) throws InterruptedException {
    child.kill();
    children.forget(child);
  }

  /** Told before it is done, so that no time is left out. */
  private void harmed(String what) {
    mine.tell(Fact.of(Fact.Kind.HARMED, Clock.SYSTEM.now()).with("what", what));
  }
}
