// The one dialog: asks what a person wants asked. The interlock judges every request again.

import { word, wordOr } from "./words.js";

const byId = (id) => document.getElementById(id);

/** What each kind of request says besides what it is about; "!" marks what must be there. */
const KINDS = {
  "trip": ["person"],
  "reset": ["person!", "pin!", "portable", "repaired"],
  "proof-test": ["person!", "pin!"],
  "gas-test": ["person!", "pin!"],
  "calibrate": ["person!", "pin!", "reason!", "minutes!", "inhibit", "second", "secondPin"],
  "inhibit": ["person!", "pin!", "reason!", "minutes!", "second", "secondPin"],
  "end-bypass": ["person!", "pin!"],
  "unlock-fan": ["person!", "pin!", "reason!", "second", "secondPin"],
  "accept-configuration": ["person!", "pin!", "second!", "secondPin!"],
  "acknowledge": ["person!", "pin!"],
  "mute": ["person!", "pin!"],
  "close-alarm": ["person!", "pin!", "reason!", "measure!"],
  "correct-alarm": ["alarm!", "occurrence!", "person!", "pin!", "reason!", "measure!"],
  "shelve": ["person!", "pin!", "reason!", "minutes!"],
  "unshelve": ["person!", "pin!"],
  "out-of-service": ["person!", "pin!", "reason!"],
  "back-in-service": ["person!", "pin!"],
};

const FIELDS = ["alarm", "occurrence", "person", "pin", "portable", "repaired", "reason",
  "measure", "minutes", "inhibit", "second", "secondPin"];

let asking = { kind: "trip", about: {} };
let frame = () => null;

/**
 * Opens the dialog.
 *
 * @param about what the request is about: { zone }, { point }, { fan }, { alarm } or { digest }
 */
export function ask(kind, about) {
  asking = { kind, about };
  const name = about.zone ?? about.point ?? about.fan ?? about.alarm ?? "";
  byId("ask-title").textContent = `${word(`ask ${kind}`)} ${name}`;
  byId("ask-text").textContent = word(`text ${kind}`) + remote(kind, about);
  const fields = KINDS[kind];
  for (const field of FIELDS) {
    const input = byId(field);
    const label = input.parentElement;
    label.hidden = !fields.some((one) => one.replace("!", "") === field);
    label.querySelector("span").textContent = word(field === "alarm" ? "closedAlarm" : field);
    input.required = fields.includes(`${field}!`);
    if (field === "minutes") input.value = "30";
    else if (field !== "person") input.value = "";
    input.checked = false;
  }
  if (kind === "correct-alarm") offerClosed();
  const difference = frame()?.configuration?.difference ?? [];
  byId("ask-difference").hidden = kind !== "accept-configuration";
  byId("ask-difference").textContent = difference.join("\n");
  byId("ask-yes").textContent = word(kind === "trip" ? "yesTrip" : "yes");
  byId("ask-yes").hidden = false;
  byId("ask-no").textContent = word("no");
  tell("", true);
  byId("ask").showModal();
  byId(fields[0].replace("!", "")).focus();
}

const closed = () => frame()?.alarms?.closed ?? [];

/** The alarms that a person closed, each with its latest close. */
function offerClosed() {
  byId("alarm").replaceChildren(
    ...closed().map((one) => new Option(`${one.about} · ${word(one.kind)}`, one.name)));
  chooseLatest();
}

function chooseLatest() {
  const chosen = closed().find((one) => one.name === byId("alarm").value);
  byId("occurrence").value = chosen?.occurrence ?? "";
}

/** Who releases what the county tripped is told why it did. */
function remote(kind, about) {
  const zone = frame()?.zones.find((one) => one.name === about.zone);
  return kind === "reset" && zone?.remote
    ? ` ${word("REMOTE_TRIP")}: ${zone.remote.county}: ${zone.remote.reason}` : "";
}

function tell(text, accepted) {
  byId("ask-answer").textContent = text;
  byId("ask-answer").className = accepted ? "" : "refused";
}

function request() {
  const said = { ...asking.about };
  for (const field of KINDS[asking.kind].map((one) => one.replace("!", ""))) {
    const input = byId(field);
    const value = input.type === "checkbox" ? (input.checked ? "yes" : "")
      : input.type === "password" ? input.value : input.value.trim();
    if (value || field === "person") said[field] = value;
  }
  if (asking.kind !== "trip") said.nonce = frame().nonce;
  return said;
}

async function send(event) {
  event.preventDefault();
  tell(word("sending"), true);
  byId("ask-yes").disabled = true;
  try {
    const response = await fetch(`/${asking.kind}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Davy-Panel": "1" },
      body: JSON.stringify(request()),
    });
    if (!response.ok) throw new Error(await response.text());
    const answer = await response.json();
    tell(wordOr(answer.answer, answer.text), answer.accepted);
    byId("ask-yes").hidden = answer.accepted;
    byId("ask-no").textContent = word("close");
    if (answer.accepted) byId("ask-no").focus();
  } catch (problem) {
    tell(`${word("notSent")}: ${problem.message}`, false);
  } finally {
    byId("ask-yes").disabled = false;
    byId("pin").value = "";
    byId("secondPin").value = "";
  }
}

/**
 * @param latest gives the latest frame, or null
 */
export function listen(latest) {
  frame = latest;
  byId("ask-form").addEventListener("submit", send);
  byId("ask-no").addEventListener("click", () => byId("ask").close());
  byId("accept").addEventListener("click", () =>
    ask("accept-configuration", { digest: frame()?.configuration?.digest ?? "" }));
  byId("mute").addEventListener("click", () => ask("mute", {}));
  byId("correct").addEventListener("click", () => ask("correct-alarm", {}));
  byId("alarm").addEventListener("change", chooseLatest);
}
