package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import davy.controller.interlock.Plan.Voting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code [[group]]}: heads of one place that vote (S13).
 *
 * @param members those that were found, in the order of the file
 */
record DraftGroup(TomlTable table, String name, List<DraftPoint> members, Voting voting) {

  private static final String ONE_OF_TWO = "1oo2";
  private static final List<Choice<Voting>> VOTINGS =
      List.of(new Choice<>(ONE_OF_TWO, Voting.ANY), new Choice<>("2oo3", Voting.TWO_OF_THREE));

  static Named<DraftGroup> read(
      TomlTable root, Named<DraftPoint> points, Optional<Profile> profile, Claims claims) {
    Named<DraftGroup> groups = new Named<>("group");
    for (TomlTable table : root.tables("group")) {
      String name = Named.name(table);
      List<DraftPoint> members = points(table, points);
      DraftGroup group = new DraftGroup(table, name, members, table.choice("voting", VOTINGS));
      groups.add(table, name, group);
      for (DraftPoint member : members) {
        claims.claim(table, "points", "point " + member.name(), "group " + name);
      }
      group.judge();
      profile.ifPresent(group::judgeVoting);
    }
    return groups;
  }

  /** The points that a {@code points} key names, each once. */
  static List<DraftPoint> points(TomlTable table, Named<DraftPoint> known) {
    List<DraftPoint> points = new ArrayList<>();
    for (String name : table.texts("points")) {
      Optional<DraftPoint> point = known.find(table, "points", name);
      if (point.filter(points::contains).isPresent()) {
        table.complain("points", "points names " + name + " twice");
      } else {
        point.ifPresent(points::add);
      }
    }
    return List.copyOf(points);
  }

  private void judge() {
    int wanted =
        switch (voting) {
          case ANY -> 2;
          case TWO_OF_THREE -> 3;
        };
    int named = table.texts("points").size();
    if (named != wanted) {
      table.complain(
          table.has("points") ? "points" : "voting",
          "group %s has %d points: this voting is for %d".formatted(name, named, wanted));
    }
    if (members.stream().map(DraftPoint::place).distinct().count() > 1) {
      table.complain(
          "points",
          "members of a group stand at one place: give them the same place (here: %s)"
              .formatted(
                  String.join(", ", members.stream().map(DraftPoint::place).distinct().toList())));
    }
    if (members.stream().flatMap(point -> point.role().stream()).distinct().count() > 1) {
      table.complain("points", "members of a group have one role, or none");
    }
  }

  private void judgeVoting(Profile profile) {
    if (voting == Voting.ANY) {
      return;
    }
    for (DraftPoint member : members) {
      if (member.role().flatMap(profile::row).filter(row -> !row.twoOfThree()).isPresent()) {
        table.complain(
            "voting",
            "2oo3 is laxer than %s allows for %s (role %s): 1oo2, or heads without a role"
                .formatted(profile.name(), member.name(), member.role().orElseThrow()));
      }
    }
  }
}
