package davy.controller.link;

import java.util.List;

/**
 * What the status frame tells of a configuration that is not accepted yet.
 *
 * @param acceptedDigest of the one accepted last, empty where none was
 * @param difference lines that went and came since, shown to the persons who accept (S18)
 */
public record ConfigurationStatus(String acceptedDigest, List<String> difference) {
  public ConfigurationStatus {
    difference = List.copyOf(difference);
  }
}
