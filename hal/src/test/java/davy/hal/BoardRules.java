package davy.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.hal.Board.Active;
import davy.hal.Board.LineName;
import davy.hal.Board.Pull;
import davy.hal.sim.SimPin;
import davy.hal.sim.SimPin.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every board must do, seen at its pins with a voltmeter. */
public abstract class BoardRules {

  /**
   * What stands behind a board.
   *
   * @param chip label of the chip that is tried
   * @param lines how many it has; 2 and 4 to 7 are free
   * @param pulls its pulls can be seen at its pins
   * @param releases its driver lets an output go that nobody holds any more
   */
  public record Bench(String chip, int lines, boolean pulls, boolean releases) {}

  /** A pin and what the world does to it; levels are those of a voltmeter. */
  public interface Pin {

    boolean high();

    /** An external resistor; it moves no pin that is driven. */
    void resistor(Level level);

    /** The world's contact or short circuit, the strongest of all. */
    void hold(Level level);

    /** The chip's output stage, behind our back. */
    void output(Level level);

    /** The levels that the pin takes from now on, told whenever they are asked for. */
    Supplier<List<Boolean>> watch();
  }

  /** Of the benches whose kernel is simulated. */
  protected static final Bench SIMULATED = new Bench("pinctrl-bcm2711", 58, true, true);

  private LineName relay;
  private LineName contact;
  private Board board;

  protected abstract Bench bench();

  protected abstract Board board() throws IOException;

  protected abstract Pin pin(LineName line);

  /** A simulated pin under the rules' eyes. */
  protected static Pin under(SimPin pin) {
    return new Pin() {
      @Override
      public boolean high() {
        return pin.high();
      }

      @Override
      public void resistor(Level level) {
        pin.resistor(level);
      }

      @Override
      public void hold(Level level) {
        pin.hold(level);
      }

      @Override
      public void output(Level level) {
        pin.output(level);
      }

      @Override
      public Supplier<List<Boolean>> watch() {
        List<Boolean> levels = new ArrayList<>();
        pin.watch(levels::add);
        return () -> levels;
      }
    };
  }

  private LineName line(int offset) {
    return new LineName(bench().chip(), offset);
  }

  @BeforeEach
  final void openTheBoard() throws IOException {
    relay = line(5);
    contact = line(6);
    board = board();
  }

  @AfterEach
  final void closeTheBoard() {
    board.close();
  }

  /** Levels that the pin takes from now on. */
  private Supplier<List<Boolean>> levels(LineName line) {
    return pin(line).watch();
  }

  private static boolean high(Active active, boolean energised) {
    return energised == (active == Active.HIGH);
  }

  private static Level level(Active active, boolean energised) {
    return high(active, energised) ? Level.HIGH : Level.LOW;
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void anOutputIsClaimedDeEnergisedWithoutAGlitch(Active active) throws IOException {
    pin(relay).resistor(level(active, false));
    Supplier<List<Boolean>> levels = levels(relay);
    OutputLine output = board.output(relay, active);
    assertEquals(List.of(), levels.get(), "the pin never moved");
    assertFalse(output.senses());
    pin(relay).resistor(level(active, true));
    assertEquals(List.of(), levels.get(), "and it is driven, not left floating");
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void aPinFoundEnergisedIsDeEnergisedByTheClaimItself(Active active) throws IOException {
    pin(relay).resistor(Level.LOW);
    pin(relay).resistor(level(active, true));
    Supplier<List<Boolean>> levels = levels(relay);
    board.output(relay, active);
    assertEquals(List.of(high(active, false)), levels.get());
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void driveIsALevelThatMayBeRepeated(Active active) throws IOException {
    OutputLine output = board.output(relay, active);
    Supplier<List<Boolean>> levels = levels(relay);
    output.drive(true);
    output.drive(true);
    output.drive(false);
    output.drive(false);
    assertEquals(List.of(high(active, true), high(active, false)), levels.get());
  }

  @Test
  void aLevelLostBehindOurBackReturnsWithTheNextDrive() throws IOException {
    OutputLine output = board.output(relay, Active.HIGH);
    output.drive(true);
    pin(relay).output(Level.LOW);
    assertFalse(output.senses());
    output.drive(true);
    assertTrue(pin(relay).high());
    assertTrue(output.senses());
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void sensesShowsThePinAndNotTheCommand(Active active) throws IOException {
    OutputLine output = board.output(relay, active);
    output.drive(true);
    assertTrue(output.senses());
    pin(relay).hold(level(active, false));
    assertFalse(output.senses(), "driven, but shorted");
    output.drive(false);
    pin(relay).hold(level(active, true));
    assertTrue(output.senses(), "not driven, but live");
    pin(relay).hold(Level.FLOATING);
    assertFalse(output.senses());
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void anInputFollowsItsContact(Active active) throws IOException {
    InputLine input = board.input(contact, active, Pull.NONE);
    pin(contact).hold(level(active, true));
    assertTrue(input.closed());
    pin(contact).hold(level(active, false));
    assertFalse(input.closed());
  }

  @Test
  void aBrokenWireReadsAsItsPullSays() throws IOException {
    assumeTrue(bench().pulls(), "no pull can be seen at these pins");
    InputLine up = board.input(contact, Active.LOW, Pull.UP);
    InputLine down = board.input(line(7), Active.HIGH, Pull.DOWN);
    assertTrue(pin(contact).high());
    assertFalse(up.closed());
    assertFalse(down.closed());
    pin(contact).hold(Level.LOW);
    assertTrue(up.closed(), "a contact is stronger than a pull");
  }

  @Test
  void anInputNeverDrivesItsPin() throws IOException {
    Supplier<List<Boolean>> levels = levels(contact);
    board.input(contact, Active.HIGH, Pull.NONE);
    pin(contact).resistor(Level.HIGH);
    pin(contact).resistor(Level.LOW);
    assertEquals(List.of(true, false), levels.get());
  }

  @Test
  void aSecondClaimIsRefusedByNameAndHarmsNothing() throws IOException {
    OutputLine output = board.output(relay, Active.HIGH);
    output.drive(true);
    Supplier<List<Boolean>> levels = levels(relay);
    String asOutput =
        assertThrows(IOException.class, () -> board.output(relay, Active.LOW)).getMessage();
    assertThrows(IOException.class, () -> board.input(relay, Active.HIGH, Pull.UP));
    assertTrue(asOutput.startsWith(relay.toString()), asOutput);
    assertTrue(asOutput.contains("in use by davy"), asOutput);
    assertEquals(List.of(), levels.get());
    assertTrue(output.senses());
  }

  @Test
  void aMissingChipIsNamedBesideThoseThatThereAre() {
    LineName elsewhere = new LineName("pinctrl-rp1", 5);
    String message =
        assertThrows(IOException.class, () -> board.output(elsewhere, Active.HIGH)).getMessage();
    assertTrue(message.startsWith("pinctrl-rp1 line 5"), message);
    assertTrue(message.contains(bench().chip()), message);
  }

  @Test
  void aMissingLineIsNamedBesideThoseThatThereAre() {
    LineName beyond = line(bench().lines());
    String message =
        assertThrows(IOException.class, () -> board.input(beyond, Active.HIGH, Pull.NONE))
            .getMessage();
    assertTrue(message.startsWith(beyond.toString()), message);
    assertTrue(message.contains("0 to " + (bench().lines() - 1)), message);
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void closeDeEnergisesEveryOutputBeforeItIsReleased(Active active) throws IOException {
    LineName other = line(4);
    for (LineName line : List.of(relay, other)) {
      board.output(line, active).drive(true);
    }
    Supplier<List<Boolean>> levels = levels(relay);
    Supplier<List<Boolean>> otherLevels = levels(other);
    board.close();
    assertEquals(high(active, false), levels.get().getFirst());
    assertEquals(high(active, false), otherLevels.get().getFirst());
    pin(relay).resistor(level(active, true));
    assertEquals(high(active, bench().releases()), pin(relay).high(), "released, or kept at rest");
  }

  @Test
  void everyUseAfterCloseIsRefusedAndMovesNoPin() throws IOException {
    OutputLine output = board.output(relay, Active.HIGH);
    InputLine input = board.input(contact, Active.HIGH, Pull.NONE);
    board.close();
    board.close();
    Supplier<List<Boolean>> levels = levels(relay);
    String refused = assertThrows(IOException.class, () -> output.drive(true)).getMessage();
    assertEquals(relay + " is closed", refused);
    assertThrows(IOException.class, output::senses);
    assertThrows(IOException.class, input::closed);
    assertThrows(IOException.class, () -> board.output(line(2), Active.HIGH));
    assertEquals(List.of(), levels.get());
  }
}
