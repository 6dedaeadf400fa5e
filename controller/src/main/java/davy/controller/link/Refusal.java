package davy.controller.link;

/** Why a request did not reach the interlock, or got no answer from it. */
enum Refusal {
  MALFORMED("not a request"),
  TOO_LONG("a request has at most 4096 bytes"),
  UNKNOWN_ZONE("this site has no such zone"),
  UNKNOWN_POINT("no zone and no fan of this site depends on such a point"),
  UNKNOWN_FAN("this site has no such fan"),
  STOPS_FAN("gas at a head before a fan would stop it: calibrate the head instead"),
  UNKNOWN_ALARM("this site has no such alarm"),
  OTHER_DIGEST("another configuration runs than the one that was meant"),
  STALE_NONCE("the request is older than 5 s or was sent twice: try again"),
  NO_PERSONS("nobody can be checked"),
  WRONG_PERSON_OR_PIN("wrong person or PIN"),
  SAME_PERSON("two different persons must ask"),
  LOCKED_OUT("too many wrong PINs: this person is locked out for 5 minutes"),
  NOT_ALLOWED("none of this person's roles may do this"),
  BUSY("another request of this kind is being checked: try again"),
  NO_ANSWER("the scan has not answered yet: what became of it stands in the status frames"),
  NO_COUNTY_KEY("no county key is configured"),
  OTHER_STATION("the command names another mine, station or journal epoch"),
  STALE_COMMAND(
      "the command's nonce is older than 60 s or unknown: take the latest from the status"),
  BAD_SIGNATURE("no configured county key made this signature"),
  NO_WRITES("nothing of this station can be written from the surface");

  private final String text;

  Refusal(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
