// Draws a frame. Elements are made once and then only change their texts, so that a button never
// goes away under a finger and the keyboard's focus stays where it is.

import { button, byId, forget, list, make, span, write } from "./draw.js";
import { guardFacts, guardTroubles } from "./guard.js";
import { drawRegisters } from "./registers.js";
import { word, wordOr } from "./words.js";

// ---- zones

const cards = new Map();

function card(name, ask) {
  if (cards.has(name)) return cards.get(name);
  const root = make("article", "zone", byId("zones"));
  const part = { root, title: make("h2", "", root), big: make("p", "big", root) };
  for (const line of ["why", "wants", "facts"]) part[line] = make("p", line, root);
  const buttons = make("div", "buttons", root);
  for (const act of ["trip", "reset", "proof-test"]) {
    part[act] = button(act, buttons, () => ask(act, { zone: name }));
  }
  cards.set(name, part);
  return part;
}

/** What the zone is, by permit and by measured feed: [class, word]. */
function standing(zone) {
  const withheld = zone.permit !== "GRANTED";
  switch (zone.feed) {
    case "LIVE": return withheld ? ["welded", "welded"] : ["on", "on"];
    case "DEAD": return withheld ? ["cut", "cut"] : ["on", "released"];
    case "NOT_FITTED": return withheld ? ["cut", "cutUnfitted"] : ["on", "releasedUnfitted"];
    default: return withheld ? ["cut", "cutUnproven"] : ["on", "releasedUnknown"];
  }
}

function why(zone) {
  if (!zone.first) return "";
  const first = word(zone.first.cause) + (zone.first.point ? ` ${zone.first.point}` : "");
  const others = zone.active.filter((cause) => cause !== zone.first.cause);
  const gone = zone.seen.filter((c) => c !== zone.first.cause && !zone.active.includes(c));
  return `${word("first")}: ${first}`
    + (others.length ? ` · ${word("also")}: ${list(others)}` : "")
    + (gone.length ? ` · ${word("seen")}: ${list(gone)}` : "")
    + (zone.remote ? ` · ${zone.remote.county}: ${zone.remote.reason}` : "");
}

function drawZone(zone, present, ask) {
  const part = card(zone.name, ask);
  const [look, big] = standing(zone);
  part.root.className = `zone ${present ? look : ""}`;
  write(part.title, `${zone.name} ${zone.title}`);
  write(part.big, present ? word(big) : word("unknown"));
  write(part.why, present ? why(zone) : `${word("last")}: ${word(big)}`);
  const wants = present && zone.wanting.length > 0;
  write(part.wants, wants ? `${word("wants")}: ${list(zone.wanting)}` : "");
  const facts = `${word("output")}: ${word(zone.output)} · ${word("feed")}: ${word(zone.feed)}`
    + (zone.proofDue ? ` · ${word("proofDue")}` : "")
    + (zone.closesItself ? ` · ${word("closesItself")}` : "");
  write(part.facts, present ? facts : "");
  write(part.trip, word("trip"));
  write(part.reset, word("reset"));
  part.reset.disabled = !present || zone.permit === "GRANTED";
  write(part["proof-test"], word("ask proof-test"));
  part["proof-test"].hidden = zone.permit !== "GRANTED";
}

// ---- points

const rows = new Map();

function row(name, ask) {
  if (rows.has(name)) return rows.get(name);
  const root = make("tr", "", byId("rows"));
  const part = { root };
  for (const cell of ["what", "value", "word", "age", "limits", "act"]) {
    part[cell] = make("td", cell, root);
  }
  part.name = make("span", "name", part.what);
  part.title = make("small", "", part.what);
  part.amount = make("span", "", part.value);
  part.unit = make("small", "", part.value);
  part.state = make("span", "", part.word);
  part.more = make("small", "", part.word);
  part.calibrate = button("small", part.act, () => ask("calibrate", { point: name }));
  part.gasTest = button("small", part.act, () => ask("gas-test", { point: name }));
  rows.set(name, part);
  return part;
}

/** What a point is now: [class, word]. An old value is no value, whatever the frame still says. */
function condition(point, age, present) {
  if (point.state === "never") return ["none", "never"];
  if (!present || point.state === "stale" || age > point.ageLimitMillis) return ["none", "stale"];
  if (point.state === "faulty") return ["fault", "faulty"];
  if (point.state === "overRange") return ["trip", "overRange"];
  if (point.causes.includes("METHANE_HIGH")) return ["trip", "tripping"];
  if (point.alarm) return ["alarm", "alarm"];
  return ["", point.trusted ? "good" : "notTrusted"];
}

function shown(point) {
  if (point.quantity !== "CONTACT") return `${point.value}`;
  return word(point.amount === 1 ? "CLOSED" : "OPEN");
}

function drawPoint(point, elapsed, present, ask) {
  const part = row(point.name, ask);
  const age = point.state === "never" ? Infinity : point.ageMillis + elapsed;
  const [look, state] = condition(point, age, present);
  const isValue = state !== "overRange" && look !== "none" && point.value !== undefined;
  part.root.className = look;
  write(part.name, point.name);
  write(part.title, [...new Set([point.title, point.place])].filter(Boolean).join(" · "));
  write(part.amount, isValue ? shown(point) : "—");
  write(part.unit, isValue ? ` ${point.unit}` : "");
  write(part.state, word(state));
  const last = look === "none" && point.value !== undefined;
  write(part.more, last ? `${word("last")} ${shown(point)} ${point.unit}`
    : point.fault ? word(point.fault) : list(point.marks ?? []));
  write(part.age, Number.isFinite(age) ? span(age) : "—");
  write(part.calibrate, word("ask calibrate"));
  part.calibrate.hidden = point.tripAt === undefined;
  write(part.gasTest, word("ask gas-test"));
  part.gasTest.hidden = point.tripAt === undefined;
  const limits = [point.alarmAt, point.tripAt, point.restoreBelow].filter((at) => at !== undefined);
  write(part.limits, limits.join(" / "));
}

// ---- below

function items(id, texts) {
  const root = byId(id);
  while (root.children.length > texts.length) root.lastElementChild.remove();
  texts.forEach(([text, bad], index) => {
    const item = root.children[index] ?? make("li", "", root);
    write(item, text);
    item.className = bad ? "bad" : "";
  });
}

function between(from, to) {
  return from === undefined || to === undefined ? "—" : `${((to - from) / 1e6).toFixed(1)} ms`;
}

function tripLine(trip, tick, elapsed) {
  const from = trip.readingTick ?? trip.commandedTick;
  return `${trip.zone} ${word(trip.cause)} ${trip.point ?? ""} · `
    + `${word("ago", { s: span((tick - trip.commandedTick) / 1e6 + elapsed) })} · `
    + `${word("command")} ${between(from, trip.commandedTick)} · `
    + `${word("written")} ${between(from, trip.writtenTick)} · `
    + `${word("dead")} ${between(from, trip.feedDeadTick)}`;
}

function spread(times) {
  return `${(times.p999Micros / 1000).toFixed(1)} ms, ${(times.maxMicros / 1000).toFixed(1)} ms`;
}

function errors(slave) {
  const kinds = ["silences", "badFrames", "exceptions", "secondAnswers"];
  const told = kinds.filter((kind) => slave[kind]).map((kind) => `${word(kind)} ${slave[kind]}`);
  return told.length ? ` · ✗ ${told.join(", ")}` : "";
}

function measures(frame) {
  const told = [];
  if (frame.scan.times?.count) told.push(`${word("scanTime")}: ${spread(frame.scan.times)}`);
  for (const line of frame.lines) {
    if (line.times?.count) told.push(`${line.name} ${word("busTime")}: ${spread(line.times)}`);
    for (const slave of line.slaves) {
      if (slave.times?.count) {
        told.push(`${slave.name} ${word("replyTime")}: ${spread(slave.times)}${errors(slave)}`);
      }
    }
  }
  return [...guardFacts(frame.guard ?? {}), ...told.map((text) => [text, false])];
}

function troubles(frame) {
  const found = [];
  for (const line of frame.lines) {
    if (line.trouble) found.push([`${line.name}: ${word("portTrouble")}: ${line.trouble}`, true]);
    const silent = line.slaves.filter((slave) => !slave.alive).map((slave) => slave.name);
    if (silent.length) found.push([`${line.name}: ${silent.join(", ")} ${word("silent")}`, true]);
  }
  if (!frame.journal.ok) found.push([`${word("journalBad")}: ${frame.journal.trouble}`, true]);
  if (frame.journal.slowCommits) {
    found.push([`${word("journalSlow")}: ${frame.journal.slowCommits}`, false]);
  }
  if (frame.journal.lost) found.push([`${word("journalLost")}: ${frame.journal.lost}`, true]);
  if (frame.scan.overruns) found.push([`${word("overruns")}: ${frame.scan.overruns}`, false]);
  found.push(...guardTroubles(frame.guard ?? { state: "NOT_FITTED" }));
  if (frame.configuration?.manualOnly) found.push([word("manualOnly"), true]);
  const test = frame.alarms?.gasTest;
  if (test) {
    const how = word(test.waits ? "waitsForGas" : "gasThere");
    found.push([`${word("ask gas-test")} ${test.point}: ${how} · ${test.person}`, true]);
  }
  if (frame.keyWantedBy !== undefined) found.push([word("CONSENT_KEY"), true]);
  if (frame.key === "PRESSED") found.push([word("keyPressed"), false]);
  if (frame.key === "NOT_FITTED") found.push([word("noKey"), false]);
  return found.length ? found : [[word("allWell"), false]];
}

function marks(site) {
  const texts = [];
  if (site.demo) texts.push(word("demo"));
  if (site.bench) texts.push(word("bench"));
  if (!site.profileReviewed) texts.push(word("unreviewed"));
  const root = byId("marks");
  while (root.children.length > texts.length) root.lastElementChild.remove();
  texts.forEach((text, index) => write(root.children[index] ?? make("span", "mark", root), text));
}

/** The words that do not depend on a frame. */
export function drawTitles() {
  for (const id of ["trips", "answers", "health"]) write(byId(`${id}-title`), word(id));
  const heads = byId("heads");
  ["point", "value", "state", "age", "limits", ""].forEach((head, index) =>
    write(heads.children[index] ?? make("th", "", heads), head && word(head)));
}

/**
 * @param frame the latest one
 * @param elapsed milliseconds since it was made
 * @param present whether it may be shown as the present state
 * @param ask called with a kind of request and what it is about
 */
export function draw(frame, elapsed, present, ask) {
  write(byId("title"), `${frame.site.title} · ${frame.site.name}`);
  document.title = frame.site.title;
  const digest = (frame.site.profileDigest ?? "").slice(0, 8);
  write(byId("profile"), `${frame.site.profile ?? ""} ${digest}`);
  marks(frame.site);
  forget(cards, new Set(frame.zones.map((zone) => zone.name)));
  forget(rows, new Set(frame.points.map((point) => point.name)));
  for (const zone of frame.zones) drawZone(zone, present, ask);
  for (const point of frame.points) drawPoint(point, elapsed, present, ask);
  drawRegisters(frame, elapsed, present, ask);
  const trips = frame.trips.map((trip) => [tripLine(trip, frame.tick, elapsed), false]);
  items("trips", trips.length ? trips : [[word("noTrips"), false]]);
  items("answers", frame.answers.map((one) =>
    [`${one.zone ?? `#${one.id}`}: ${wordOr(one.answer, one.text)}`, !one.accepted]));
  items("health", present ? [...troubles(frame), ...measures(frame)] : [[word("unknown"), false]]);
}
