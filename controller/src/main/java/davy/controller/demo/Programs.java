package davy.controller.demo;

import davy.controller.config.StartCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How each of Davy's programs is started, as {@code bin/davy} does it, but directly, so that a
 * signal meets the program and its passing files stay in one folder.
 *
 * @param home folder of the installed program
 * @param temporary where a process may unpack what it needs
 */
record Programs(Path home, Path temporary) {

  /** The folder that this program runs from; {@code bin/davy} names it. */
  static Path installed() {
    Path home = Path.of(System.getProperty("davy.home", "."));
    if (!Files.isDirectory(home.resolve("lib").resolve("interlock"))) {
      throw new IllegalStateException("not started by bin/davy: no -Ddavy.home=FOLDER");
    }
    return home;
  }

  List<String> mine(Path root, long seed) {
    return java("demo", station(), MineMain.class.getName(), root.toString(), Long.toString(seed));
  }

  List<String> interlock(Path site, Path root) {
    return java(
        "interlock",
        lib("interlock"),
        "davy.controller.InterlockMain",
        site.toString(),
        "--root",
        root.toString());
  }

  List<String> station(Path site, Path root) {
    return java(
        "station",
        station(),
        "davy.controller.StationMain",
        site.toString(),
        "--root",
        root.toString());
  }

  /** The sources of the guard's firmware. */
  Path guard() {
    return home.resolve("lib").resolve("demo").resolve("guard");
  }

  private String lib(String folder) {
    return home.resolve("lib").resolve(folder) + "/*";
  }

  private String station() {
    return lib("interlock") + ":" + lib("station");
  }

  private Optional<Path> fittingCache() {
    try {
      return new StartCache(home).fitting();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<String> java(String flags, String path, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("etc").resolve(flags + ".args"));
    if (flags.equals("interlock")) {
      fittingCache().ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    }
    command.add("-Ddavy.home=" + home);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", path, main));
    command.addAll(List.of(arguments));
    return command;
  }
}
