package davy.controller.link;

import davy.controller.config.AlarmPlans;
import davy.controller.link.PanelRequest.Signature;
import davy.controller.link.PanelRequest.Signed;
import davy.controller.link.RequestText.Malformed;
import davy.hal.signal.Methane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a request that a person signs with a PIN. */
final class SignedText {

  private static final Pattern PORTABLE = Pattern.compile("\\d{1,3}\\.\\d{2}");
  private static final Pattern MINUTES = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern OCCURRENCE = Pattern.compile("[1-9]\\d{0,17}");
  private static final String KINDS =
      "this socket takes the requests trip, reset, proof-test, gas-test, calibrate, inhibit,"
          + " end-bypass,"
          + " unlock-fan, accept-configuration, acknowledge, mute, shelve, unshelve,"
          + " out-of-service, back-in-service, close-alarm, correct-alarm, why and alive";

  private final Map<String, String> fields;

  SignedText(Map<String, String> fields) {
    this.fields = fields;
  }

  Signed request() throws Malformed {
    Wish wish =
        switch (RequestText.need(fields, "request")) {
          case "reset" -> reset();
          case "proof-test" -> {
            known("zone");
            yield new Wish.ProofTest(name("zone"));
          }
          case "calibrate" -> {
            known("point", "reason", "minutes", "inhibit", "second", "secondPin");
            yield new Wish.Calibrate(name("point"), reason(), minutes(), yes("inhibit"));
          }
          case "inhibit" -> {
            known("point", "reason", "minutes", "second", "secondPin");
            yield new Wish.Inhibit(name("point"), reason(), minutes());
          }
          case "end-bypass" -> {
            known("point");
            yield new Wish.EndBypass(name("point"));
          }
          case "unlock-fan" -> {
            known("fan", "reason", "second", "secondPin");
            yield new Wish.UnlockFan(name("fan"), reason());
          }
          case "accept-configuration" -> accept();
          default -> ofAlarms();
        };
    return new Signed(
        new Signature(name("person"), RequestText.need(fields, "pin")),
        second(),
        RequestText.need(fields, "nonce"),
        wish);
  }

  private Wish ofAlarms() throws Malformed {
    return switch (RequestText.need(fields, "request")) {
      case "mute" -> {
        known();
        yield new Wish.Mute();
      }
      case "acknowledge" -> new Wish.Acknowledge(alarm());
      case "unshelve" -> new Wish.Unshelve(alarm());
      case "back-in-service" -> new Wish.BackInService(alarm());
      case "shelve" -> new Wish.Shelve(alarm("reason", "minutes"), reason(), minutes());
      case "out-of-service" -> new Wish.OutOfService(alarm("reason"), reason());
      case "gas-test" -> {
        known("point");
        yield new Wish.GasTest(name("point"));
      }
      case "close-alarm" ->
          new Wish.CloseAlarm(alarm("reason", "measure"), reason(), text("measure"));
      case "correct-alarm" ->
          new Wish.Correct(
              alarm("occurrence", "reason", "measure"), occurrence(), reason(), text("measure"));
      default -> throw new Malformed(KINDS);
    };
  }

  private String alarm(String... own) throws Malformed {
    List<String> all = new ArrayList<>(Arrays.asList(own));
    all.add("alarm");
    known(all.toArray(String[]::new));
    return name("alarm");
  }

  private long occurrence() throws Malformed {
    String text = RequestText.need(fields, "occurrence");
    if (!OCCURRENCE.matcher(text).matches()) {
      throw new Malformed("occurrence is a whole number from 1");
    }
    return Long.parseLong(text);
  }

  private Wish.Reset reset() throws Malformed {
    known("zone", "portable", "repaired");
    return new Wish.Reset(name("zone"), portable(), yes("repaired"));
  }

  private Wish.AcceptConfiguration accept() throws Malformed {
    known("digest", "second", "secondPin");
    RequestText.need(fields, "second");
    return new Wish.AcceptConfiguration(RequestText.need(fields, "digest"));
  }

  private void known(String... own) throws Malformed {
    Set<String> all = new HashSet<>(Set.of("request", "person", "pin", "nonce"));
    all.addAll(Arrays.asList(own));
    RequestText.only(fields, all);
  }

  private String name(String field) throws Malformed {
    return RequestText.name(fields, field);
  }

  private Optional<Signature> second() throws Malformed {
    return fields.getOrDefault("second", "").isEmpty()
        ? Optional.empty()
        : Optional.of(new Signature(name("second"), RequestText.need(fields, "secondPin")));
  }

  private String reason() throws Malformed {
    return text("reason");
  }

  private String text(String field) throws Malformed {
    String text = RequestText.need(fields, field);
    if (text.isBlank()
        || text.length() > AlarmPlans.TEXT_LENGTH
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new Malformed(field + " has at most 200 characters and no control characters");
    }
    return text;
  }

  private int minutes() throws Malformed {
    String text = RequestText.need(fields, "minutes");
    if (!MINUTES.matcher(text).matches()) {
      throw new Malformed("minutes is a whole number from 1 to 9999");
    }
    return Integer.parseInt(text);
  }

  private boolean yes(String field) throws Malformed {
    return switch (fields.getOrDefault(field, "")) {
      case "" -> false;
      case "yes" -> true;
      default -> throw new Malformed(field + " is \"yes\" or not there");
    };
  }

  private Optional<Methane> portable() throws Malformed {
    String text = fields.getOrDefault("portable", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!PORTABLE.matcher(text).matches()) {
      throw new Malformed("portable is written as 0.60, in %CH4 with two decimals");
    }
    int hundredths = Integer.parseInt(text.replace(".", ""));
    if (hundredths > 10_000) {
      throw new Malformed("portable is at most 100.00");
    }
    return Optional.of(new Methane(hundredths));
  }
}
