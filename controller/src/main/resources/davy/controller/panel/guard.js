// The guard in the list of the machine's state: what is wrong with it, and what it told of itself.

import { word, wordOr } from "./words.js";

/** A cause in words with its code behind it, which the runbook explains. */
function cause(code) {
  return `${wordOr(`guard.${code}`, code)} [${code}]`;
}

/** @returns list of [text, whether it is bad] */
export function guardTroubles(guard) {
  if (guard.state !== "LOST" && guard.state !== "DROPPED") return [];
  const told =
    guard.state === "LOST"
      ? [`${word("guardLost")}: ${guard.trouble}`]
      : [`${word("guardDropped")}: ${cause(guard.lastDrop ?? guard.latestDrops[0])}`];
  const refusal = guard.refusal ?? "NONE";
  if (refusal !== "NONE") told.push(`${word("guardRefuses")}: ${cause(refusal)}`);
  return told.map((text) => [text, true]);
}

/** @returns list of [text, false]; empty where none is fitted or none was ever heard */
export function guardFacts(guard) {
  if (guard.accepted === undefined) return [];
  const told = [`${word("guard")} ${word(guard.state)}`];
  if (guard.supplyMillivolts !== undefined) {
    told.push(`${(guard.supplyMillivolts / 1000).toFixed(2)} V`);
  }
  if (guard.temperatureTenths !== undefined) {
    told.push(`${(guard.temperatureTenths / 10).toFixed(1)} °C`);
  }
  const counts = Object.entries(guard.dropCounts).map(([code, count]) => `${code} ${count}`);
  told.push(`${word("guardDrops")} ${guard.drops}${counts.length ? `: ${counts.join(", ")}` : ""}`);
  const lost = guard.badFrames + guard.lostFrames + guard.link.badFrames + guard.link.lostFrames;
  told.push(`✗ ${lost}`);
  return [[told.join(" · "), false]];
}
