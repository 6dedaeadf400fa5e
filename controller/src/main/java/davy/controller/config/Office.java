package davy.controller.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A county's receiver as its file describes it: {@code deploy/docs/county.md}.
 *
 * @param name of this receiver, its client id at the broker
 * @param mines whose stations it receives, by their 12-digit codes; empty: all
 * @param keys fingerprints noted at commissioning, by station ({@code mine/station})
 */
public record Office(
    String name,
    Database database,
    Site.Broker broker,
    List<String> mines,
    Map<String, Set<String>> keys) {

  public Office {
    mines = List.copyOf(mines);
    keys = Map.copyOf(keys);
  }

  /**
   * A PostgreSQL data base.
   *
   * @param url {@code jdbc:postgresql://host:port/name}, with what else the driver knows
   * @param passwordFile the password's file, never the password
   */
  public record Database(String url, Optional<String> user, Optional<Path> passwordFile) {}
}
