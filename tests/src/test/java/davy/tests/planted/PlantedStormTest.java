package davy.tests.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.storm.StormProcess;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A broken promise comes with the seed that shows it, and that seed shows it again. */
class PlantedStormTest {

  private static final Pattern BROKEN =
      Pattern.compile("seed (\\d+) broke a promise (.*)\nreplay it with: ./davy storm --seed \\1");

  @Test
  void theStormNoticesAHoldThatIsSkippedAndItsSeedPlaysItAgain() throws Exception {
    Bug bug =
        Bugs.all().stream()
            .filter(one -> one.name().equals("the hold after power-on is skipped"))
            .findFirst()
            .orElseThrow();
    String fresh = String.valueOf(Long.getLong("davy.seed", System.currentTimeMillis()));
    Greenhouse house = Greenhouse.with(bug);
    StormProcess.Ended ended = Weather.storm(house, "--hours", "50", "--from", fresh);
    List<MatchResult> broken = BROKEN.matcher(ended.said()).results().toList();
    assertTrue(ended.exitCode() == 1 && !broken.isEmpty(), ended.said());
    System.out.println(broken.getFirst().group());
    String seed = broken.getFirst().group(1);
    List<String> again = Weather.storm(house, "--seed", seed).said().lines().toList();
    assertEquals(broken.getFirst().group(2), again.getLast());
    assertTrue(again.size() > 2, "the story was told");
  }
}
