package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.hal.signal.Methane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Votes of groups against a second telling of S13 in other words, over every kind of member. */
class GroupStepTest {

  private static final Trust TRUSTED = new Trust(Trust.Level.TRUSTED, Cause.SENSOR_STALE, 3, 0);
  private static final Trust STALE = TRUSTED.lost(Cause.SENSOR_STALE);

  /** A member with its reading. */
  private record Member(PointState state, PointInput input) {}

  private static Member member(boolean high, boolean over, Trust trust, Duty duty, int reads) {
    PointInput input =
        over
            ? new PointInput.OverRange()
            : trust.given()
                ? new PointInput.Good(new Methane(reads), true)
                : new PointInput.Stale();
    return new Member(new PointState(high, over, trust, 0, duty), input);
  }

  private static List<Member> kinds(Duty duty) {
    return List.of(
        member(false, false, TRUSTED, duty, 40),
        member(true, false, TRUSTED, duty, 160),
        member(true, true, TRUSTED, duty, 0),
        member(false, false, STALE, duty, 0));
  }

  private static Plan.Group group(
      Plan.Voting voting, boolean single, int differBy, List<Member> members) {
    List<Integer> indices = new ArrayList<>();
    for (int index = 0; index < members.size(); index++) {
      indices.add(index);
    }
    return new Plan.Group(
        indices,
        voting,
        single,
        differBy == 0 ? Optional.empty() : Optional.of(new Methane(differBy)));
  }

  private static List<PointState> states(List<Member> members) {
    return members.stream().map(Member::state).toList();
  }

  private static GroupStep step(
      Plan.Voting voting, boolean single, int differBy, boolean open, List<Member> members) {
    return new GroupStep(
        group(voting, single, differBy, members),
        states(members),
        members.stream().map(Member::input).toList(),
        open);
  }

  private static List<List<Member>> threes() {
    List<Member> all = new ArrayList<>();
    for (Duty duty : Duty.values()) {
      all.addAll(kinds(duty));
    }
    List<List<Member>> threes = new ArrayList<>();
    for (Member first : all) {
      for (Member second : all) {
        all.forEach(third -> threes.add(List.of(first, second, third)));
      }
    }
    return threes;
  }

  private static boolean votesToTrip(Member member) {
    return member.state().duty() == Duty.IN_SERVICE
        && (member.state().high() || member.state().overRange() || !member.state().inService());
  }

  private static long count(List<Member> members, Duty... duties) {
    return members.stream()
        .filter(member -> List.of(duties).contains(member.state().duty()))
        .count();
  }

  /** What saves the zone some work may not save it a cause. */
  @Test
  void aGroupThatIsPassedOverWouldHaveBroughtNothing() {
    int passed = 0;
    for (Plan.Voting voting : Plan.Voting.values()) {
      for (List<Member> members : threes()) {
        if (GroupStep.silent(group(voting, true, 0, members), states(members))) {
          passed++;
          GroupStep step = step(voting, true, 0, true, members);
          assertEquals(Causes.NONE, step.causes(), members.toString());
          assertEquals(List.of(), step.cuts(), members.toString());
        }
      }
    }
    assertEquals(Plan.Voting.values().length, passed, "three that read little, by each vote");
  }

  @Test
  void twoOfThreeTripsByTwoVotesAndNeverByMoreThanOneOfTwo() {
    for (List<Member> members : threes()) {
      long votes = members.stream().filter(GroupStepTest::votesToTrip).count();
      long asked = count(members, Duty.IN_SERVICE);
      boolean overRangeMasked =
          members.stream().anyMatch(m -> m.state().overRange() && !m.state().duty().votes());
      boolean must =
          votes >= 2
              || asked < 3 && votes >= 1
              || asked == 0
              || count(members, Duty.CALIBRATING) > 0
              || overRangeMasked;
      boolean trips = !step(Plan.Voting.TWO_OF_THREE, false, 0, true, members).causes().none();
      assertEquals(must, trips, members::toString);
    }
  }

  @Test
  void aSingleFailedMemberCutsWhereTheProfileSaysSo() {
    for (List<Member> members : threes()) {
      boolean failed =
          members.stream()
              .anyMatch(
                  member ->
                      member.state().duty() == Duty.IN_SERVICE
                          && (!member.state().inService() || member.state().overRange()));
      if (failed) {
        Causes causes = step(Plan.Voting.TWO_OF_THREE, true, 0, true, members).causes();
        assertEquals(false, causes.none(), members::toString);
      }
    }
  }

  @Test
  void aClosedLockStaysClosedWhileAnyMemberInServiceSeesGas() {
    List<Member> members =
        List.of(kinds(Duty.IN_SERVICE).get(0), kinds(Duty.IN_SERVICE).get(1), low());
    assertEquals("-", step(Plan.Voting.TWO_OF_THREE, false, 0, true, members).causes().toString());
    assertEquals(
        "METHANE_HIGH",
        step(Plan.Voting.TWO_OF_THREE, false, 0, false, members).causes().toString());
  }

  private static Member low() {
    return kinds(Duty.IN_SERVICE).get(0);
  }

  @Test
  void theCauseIsMethaneWhereAnyVoterSeesGasAndTheSensorElse() {
    Member high = kinds(Duty.IN_SERVICE).get(1);
    Member stale = kinds(Duty.IN_SERVICE).get(3);
    assertEquals(
        Causes.of(Cause.METHANE_HIGH, Cause.SENSOR_STALE),
        step(Plan.Voting.TWO_OF_THREE, false, 0, true, List.of(low(), high, stale)).causes());
    assertEquals(
        Causes.of(Cause.SENSOR_STALE),
        step(Plan.Voting.TWO_OF_THREE, false, 0, true, List.of(low(), stale, stale)).causes());
  }

  @Test
  void membersFurtherApartThanTheLimitAreAFaultOfThePlaceAndTheLargerActs() {
    Member one = member(false, false, TRUSTED, Duty.IN_SERVICE, 110);
    Member rich = member(true, false, TRUSTED, Duty.IN_SERVICE, 160);
    assertEquals(Causes.NONE, step(Plan.Voting.ANY, true, 70, true, List.of(low(), one)).causes());
    GroupStep apart = step(Plan.Voting.ANY, true, 69, true, List.of(low(), one));
    assertEquals(Causes.of(Cause.SENSOR_FAULT), apart.causes());
    assertEquals(Optional.of(1), apart.bringer(Cause.SENSOR_FAULT));
    assertEquals(
        Causes.of(Cause.METHANE_HIGH, Cause.SENSOR_FAULT),
        step(Plan.Voting.TWO_OF_THREE, false, 69, true, List.of(low(), rich, low())).causes());
  }

  @Test
  void anInhibitMasksMethaneAndSensorCausesAndNotOverRange() {
    List<Member> inhibited = kinds(Duty.INHIBITED);
    for (Member masked : List.of(inhibited.get(1), inhibited.get(3))) {
      assertEquals(
          Causes.NONE, step(Plan.Voting.ANY, true, 0, true, List.of(low(), masked)).causes());
    }
    assertEquals(
        Causes.of(Cause.OVER_RANGE),
        step(Plan.Voting.ANY, true, 0, true, List.of(low(), inhibited.get(2))).causes());
  }

  @Test
  void theHeadThatBringsACauseIsTheFirstThatHasIt() {
    Member rich = kinds(Duty.IN_SERVICE).get(1);
    Member stale = kinds(Duty.IN_SERVICE).get(3);
    GroupStep step = step(Plan.Voting.ANY, true, 0, true, List.of(rich, stale, stale));
    assertEquals(Optional.of(0), step.bringer(Cause.METHANE_HIGH));
    assertEquals(Optional.of(1), step.bringer(Cause.SENSOR_STALE));
    assertEquals(Optional.empty(), step.bringer(Cause.OVER_RANGE));
  }

  @Test
  void ofTwoThatReadTheMostTheFirstActs() {
    Member most = member(false, false, TRUSTED, Duty.IN_SERVICE, 120);
    GroupStep step = step(Plan.Voting.ANY, true, 60, true, List.of(low(), most, most));
    assertEquals(Optional.of(1), step.bringer(Cause.SENSOR_FAULT));
  }

  @Test
  void membersThatCutAreNamedInTheOrderOfThePlan() {
    Member rich = kinds(Duty.IN_SERVICE).get(1);
    Member tested = kinds(Duty.CALIBRATING).get(0);
    assertEquals(List.of(0, 1), step(Plan.Voting.ANY, true, 0, true, List.of(rich, tested)).cuts());
  }
}
