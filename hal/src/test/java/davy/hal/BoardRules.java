package davy.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Board.Active;
import davy.hal.Board.LineName;
import davy.hal.Board.Pull;
import davy.hal.sim.SimPin;
import davy.hal.sim.SimPin.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every board must do, seen at its pins with a voltmeter. */
public abstract class BoardRules {

  /** The chip that every bench has, with {@value #LINES} lines. */
  protected static final String CHIP = "pinctrl-bcm2711";

  protected static final int LINES = 58;

  private static final LineName RELAY = new LineName(CHIP, 5);
  private static final LineName CONTACT = new LineName(CHIP, 6);

  private Board board;

  protected abstract Board board() throws IOException;

  protected abstract SimPin pin(LineName line);

  @BeforeEach
  final void openTheBoard() throws IOException {
    board = board();
  }

  @AfterEach
  final void closeTheBoard() {
    board.close();
  }

  /** Levels that the pin takes from now on. */
  private List<Boolean> levels(LineName line) {
    List<Boolean> levels = new ArrayList<>();
    pin(line).watch(levels::add);
    return levels;
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
    pin(RELAY).resistor(level(active, false));
    List<Boolean> levels = levels(RELAY);
    OutputLine relay = board.output(RELAY, active);
    assertEquals(List.of(), levels, "the pin never moved");
    assertFalse(relay.senses());
    pin(RELAY).resistor(level(active, true));
    assertEquals(List.of(), levels, "and it is driven, not left floating");
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void aPinFoundEnergisedIsDeEnergisedByTheClaimItself(Active active) throws IOException {
    pin(RELAY).resistor(Level.LOW);
    pin(RELAY).resistor(level(active, true));
    List<Boolean> levels = levels(RELAY);
    board.output(RELAY, active);
    assertEquals(List.of(high(active, false)), levels);
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void driveIsALevelThatMayBeRepeated(Active active) throws IOException {
    OutputLine relay = board.output(RELAY, active);
    List<Boolean> levels = levels(RELAY);
    relay.drive(true);
    relay.drive(true);
    relay.drive(false);
    relay.drive(false);
    assertEquals(List.of(high(active, true), high(active, false)), levels);
  }

  @Test
  void aLevelLostBehindOurBackReturnsWithTheNextDrive() throws IOException {
    OutputLine relay = board.output(RELAY, Active.HIGH);
    relay.drive(true);
    pin(RELAY).output(Level.LOW);
    assertFalse(relay.senses());
    relay.drive(true);
    assertTrue(pin(RELAY).high());
    assertTrue(relay.senses());
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void sensesShowsThePinAndNotTheCommand(Active active) throws IOException {
    OutputLine relay = board.output(RELAY, active);
    relay.drive(true);
    assertTrue(relay.senses());
    pin(RELAY).hold(level(active, false));
    assertFalse(relay.senses(), "driven, but shorted");
    relay.drive(false);
    pin(RELAY).hold(level(active, true));
    assertTrue(relay.senses(), "not driven, but live");
    pin(RELAY).hold(Level.FLOATING);
    assertFalse(relay.senses());
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void anInputFollowsItsContact(Active active) throws IOException {
    InputLine contact = board.input(CONTACT, active, Pull.NONE);
    pin(CONTACT).hold(level(active, true));
    assertTrue(contact.closed());
    pin(CONTACT).hold(level(active, false));
    assertFalse(contact.closed());
  }

  @Test
  void aBrokenWireReadsAsItsPullSays() throws IOException {
    InputLine up = board.input(CONTACT, Active.LOW, Pull.UP);
    InputLine down = board.input(new LineName(CHIP, 7), Active.HIGH, Pull.DOWN);
    assertTrue(pin(CONTACT).high());
    assertFalse(up.closed());
    assertFalse(down.closed());
    pin(CONTACT).hold(Level.LOW);
    assertTrue(up.closed(), "a contact is stronger than a pull");
  }

  @Test
  void anInputNeverDrivesItsPin() throws IOException {
    List<Boolean> levels = levels(CONTACT);
    board.input(CONTACT, Active.HIGH, Pull.NONE);
    pin(CONTACT).resistor(Level.HIGH);
    pin(CONTACT).resistor(Level.LOW);
    assertEquals(List.of(true, false), levels);
  }

  @Test
  void aSecondClaimIsRefusedByNameAndHarmsNothing() throws IOException {
    OutputLine relay = board.output(RELAY, Active.HIGH);
    relay.drive(true);
    List<Boolean> levels = levels(RELAY);
    String asOutput =
        assertThrows(IOException.class, () -> board.output(RELAY, Active.LOW)).getMessage();
    assertThrows(IOException.class, () -> board.input(RELAY, Active.HIGH, Pull.UP));
    assertTrue(asOutput.startsWith(CHIP + " line 5"), asOutput);
    assertTrue(asOutput.contains("in use by davy"), asOutput);
    assertEquals(List.of(), levels);
    assertTrue(relay.senses());
  }

  @Test
  void aMissingChipIsNamedBesideThoseThatThereAre() {
    LineName elsewhere = new LineName("pinctrl-rp1", 5);
    String message =
        assertThrows(IOException.class, () -> board.output(elsewhere, Active.HIGH)).getMessage();
    assertTrue(message.startsWith("pinctrl-rp1 line 5"), message);
    assertTrue(message.contains(CHIP), message);
  }

  @Test
  void aMissingLineIsNamedBesideThoseThatThereAre() {
    LineName beyond = new LineName(CHIP, LINES);
    String message =
        assertThrows(IOException.class, () -> board.input(beyond, Active.HIGH, Pull.NONE))
            .getMessage();
    assertTrue(message.startsWith(CHIP + " line 58"), message);
    assertTrue(message.contains("0 to 57"), message);
  }

  @ParameterizedTest
  @EnumSource(Active.class)
  void closeDeEnergisesEveryOutputBeforeItIsReleased(Active active) throws IOException {
    LineName other = new LineName(CHIP, 9);
    for (LineName line : List.of(RELAY, other)) {
      board.output(line, active).drive(true);
    }
    List<Boolean> levels = levels(RELAY);
    List<Boolean> otherLevels = levels(other);
    board.close();
    assertEquals(high(active, false), levels.getFirst());
    assertEquals(high(active, false), otherLevels.getFirst());
    pin(RELAY).resistor(Level.HIGH);
    assertTrue(pin(RELAY).high(), "released");
  }

  @Test
  void everyUseAfterCloseIsRefusedAndMovesNoPin() throws IOException {
    OutputLine relay = board.output(RELAY, Active.HIGH);
    InputLine contact = board.input(CONTACT, Active.HIGH, Pull.NONE);
    board.close();
    board.close();
    List<Boolean> levels = levels(RELAY);
    String refused = assertThrows(IOException.class, () -> relay.drive(true)).getMessage();
    assertEquals(CHIP + " line 5 is closed", refused);
    assertThrows(IOException.class, relay::senses);
    assertThrows(IOException.class, contact::closed);
    assertThrows(IOException.class, () -> board.output(new LineName(CHIP, 8), Active.HIGH));
    assertEquals(List.of(), levels);
  }
}
