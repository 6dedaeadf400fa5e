package davy.controller.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the person at the terminal wants.
 *
 * @param scenario empty for the live demonstration that goes on until Ctrl-C
 * @param faults of a wire that bad-wire plays; empty for all
 * @param headless without the panel's page: the station runs all the same
 * @param port of the panel; a free one is taken where it is in use
 * @param root folder of all files: empty or absent before, gone afterwards
 * @param keep leave that folder behind
 */
public record DemoOptions(
    Optional<Scenario> scenario,
    List<String> faults,
    boolean headless,
    boolean json,
    boolean chinese,
    long seed,
    int port,
    Optional<String> broker,
    Optional<Path> root,
    boolean keep) {}
