// Fans, exemptions, alarms and the configuration: what stands beside zones and points.

import { button, byId, countdown, forget, list, make, span, write } from "./draw.js";
import { word } from "./words.js";

// ---- fans

const fans = new Map();

function fanCard(name, ask) {
  if (fans.has(name)) return fans.get(name);
  const root = make("article", "zone fan", byId("zones"));
  const part = { root, title: make("h2", "", root), big: make("p", "big", root) };
  for (const line of ["why", "facts"]) part[line] = make("p", line, root);
  part.unlock = button("", make("div", "buttons", root), () => ask("unlock-fan", { fan: name }));
  fans.set(name, part);
  return part;
}

function fanState(fan) {
  if (fan.stop) return ["welded", "fanStop"];
  if (fan.running) return ["on", "fanRuns"];
  return ["cut", fan.machines.includes("UNKNOWN") ? "fanUnknown" : "fanStands"];
}

function drawFan(fan, present, ask) {
  const part = fanCard(fan.name, ask);
  const [look, big] = fanState(fan);
  part.root.className = `zone fan ${present ? look : ""}`;
  write(part.title, `${word("fan")} ${fan.name} → ${fan.zones.join(", ")}`);
  write(part.big, present ? word(big) : word("unknown"));
  const why = fan.startLock ? [word("startLocked")] : [];
  if (fan.causes.length) why.push(list(fan.causes));
  write(part.why, present ? why.join(" · ") : "");
  const flow = fan.flow === undefined ? "" : ` · ${word("flow")}: `
    + (fan.flow === "good" ? `${fan.airSpeed} m/s (< ${fan.lowBelow})` : word(fan.flow));
  write(part.facts, present ? `${list(fan.machines)}${flow}` : "");
  write(part.unlock, word("ask unlock-fan"));
  part.unlock.hidden = !fan.startLock;
}

// ---- exemptions

const bypasses = new Map();

function drawBypasses(all, elapsed, ask) {
  const root = byId("bypasses");
  root.hidden = all.length === 0;
  const key = (one) => `${one.kind} ${one.point ?? one.fan}`;
  forget(bypasses, new Set(all.map(key)));
  for (const one of all) {
    if (!bypasses.has(key(one))) {
      const item = make("li", "", root);
      const part = { root: item, text: make("span", "", item) };
      if (one.point) part.end = button("", item, () => ask("end-bypass", { point: one.point }));
      bypasses.set(key(one), part);
    }
    const part = bypasses.get(key(one));
    const who = [one.person, one.second].filter(Boolean).join(" + ");
    write(part.text, `${word(one.kind)} ${one.point ?? one.fan} · `
      + `${countdown(one.leftMillis - elapsed)} · ${who} · ${one.reason}`);
    if (part.end) write(part.end, word("ask end-bypass"));
  }
}

// ---- configuration

function drawConfiguration(configuration) {
  const root = byId("configuration");
  root.hidden = configuration === undefined || configuration.accepted;
  if (root.hidden) return;
  const digest = configuration.digest.slice(0, 12);
  write(root.querySelector("span"), `${word("notAccepted")} · ${digest}`);
  write(byId("accept"), word("ask accept-configuration"));
}

// ---- alarms

const alarms = new Map();

/** What may be asked of an alarm in each of its lives. */
const ACTS = {
  Unacknowledged: ["acknowledge"],
  ReturnedUnacknowledged: ["acknowledge"],
  Acknowledged: ["shelve", "out-of-service"],
  Latched: ["close-alarm"],
  Shelved: ["unshelve"],
  OutOfService: ["back-in-service"],
};

function alarmRow(name, ask) {
  if (alarms.has(name)) return alarms.get(name);
  const root = make("li", "", byId("alarms").querySelector("ol"));
  const part = { root, text: make("span", "", root), buttons: {} };
  for (const act of new Set(Object.values(ACTS).flat())) {
    part.buttons[act] = button("", root, () => ask(act, { alarm: name }));
  }
  alarms.set(name, part);
  return part;
}

function drawAlarm(alarm, elapsed, ask) {
  const part = alarmRow(alarm.name, ask);
  part.root.className = alarm.life.endsWith("nacknowledged") ? "new" : "";
  const peak = alarm.peak === undefined ? "" : ` · ${word("peak")} ${alarm.peak}`;
  const grade = alarm.grade === undefined ? "" : `${word(alarm.grade)} `;
  const hidden = alarm.person === undefined ? "" : ` · ${alarm.person} · ${alarm.reason}`
    + (alarm.leftMillis === undefined ? "" : ` · ${countdown(alarm.leftMillis - elapsed)}`);
  write(part.text, `${alarm.firstOut ? "★ " : ""}${grade}${word(alarm.kind)} `
    + `${alarm.about} · ${word(alarm.life)}${peak}${hidden}`);
  for (const [act, made] of Object.entries(part.buttons)) {
    made.hidden = !(ACTS[alarm.life] ?? []).includes(act)
      || ["shelve", "out-of-service"].includes(act) && !alarm.shelvable;
    write(made, word(`ask ${act}`));
  }
}

function drawAlarms(frame, elapsed, ask) {
  byId("correct").hidden = !frame.alarms?.closed?.length;
  write(byId("correct"), word("ask correct-alarm"));
  const all = [...frame.alarms?.open ?? [], ...frame.alarms?.hidden ?? []];
  const root = byId("alarms");
  root.hidden = all.length === 0;
  forget(alarms, new Set(all.map((one) => one.name)));
  for (const alarm of all) drawAlarm(alarm, elapsed, ask);
  if (root.hidden) return;
  const muted = frame.alarms.muteLeftMillis - elapsed;
  write(root.querySelector("h2 span"), `${word("alarms")} ${frame.alarms.count}`
    + (muted > 0 ? ` · ${word("muted")} ${span(muted)}` : ""));
  write(byId("mute"), word("ask mute"));
  byId("mute").hidden = !frame.alarms.sounder;
}

/** Everything beside zones and points. */
export function drawRegisters(frame, elapsed, present, ask) {
  const all = frame.fans ?? [];
  forget(fans, new Set(all.map((fan) => fan.name)));
  for (const fan of all) drawFan(fan, present, ask);
  drawBypasses(frame.bypasses ?? [], elapsed, ask);
  drawConfiguration(frame.configuration);
  drawAlarms(frame, elapsed, ask);
}
