package davy.tests.proof;

import org.junit.jupiter.api.Test;

/** The proof in a few seconds: two plans and short walks, quick enough for every mutant. */
class ShortProofTest {

  @Test
  void everyReachableStateOfTheSmallestPlansWithholdsPowerAsItMust() {
    Explorer.explore(Fields.gas()).assertSound();
    Explorer.explore(Fields.faults()).assertSound();
  }

  @Test
  void everyRuleHoldsOnAFewShortWalks() {
    for (int seed = 1; seed <= 3; seed++) {
      Properties.walk(seed, 4, 12, 1, 400);
    }
  }
}
