// Follows the frames and judges by two clocks whether they are the present.

import { ask, listen } from "./ask.js";
import { draw, drawTitles } from "./view.js";
import { language, speak, word } from "./words.js";

/** Frames come twice a second; after this long without one, nothing is shown as present. */
const PRESENT_MILLIS = 2000;
const SCAN_MILLIS = 1000;
const DRAW_MILLIS = 200;

const byId = (id) => document.getElementById(id);
const now = () => performance.now();

/** The latest frame, when it was made on the page's clock, and what was last heard. */
const seam = { frame: null, made: 0, heard: now(), trouble: "", quiet: false, offset: Infinity };

// ---- following

/**
 * When an event was sent, on the page's clock: the quickest event of this connection sets the
 * difference of the two clocks, so an event that was held up on its way is as old as it is.
 */
function sentAt(sent) {
  seam.offset = Math.min(seam.offset, now() - sent);
  return sent + seam.offset;
}

function follow() {
  const source = new EventSource("/frames");
  source.addEventListener("open", () => { seam.offset = Infinity; });
  source.addEventListener("frame", (event) => {
    const data = JSON.parse(event.data);
    seam.frame = data.frame;
    seam.made = sentAt(data.sent) - data.held;
    seam.heard = now();
    seam.quiet = false;
    render();
  });
  source.addEventListener("quiet", (event) => {
    const data = JSON.parse(event.data);
    sentAt(data.sent);
    seam.heard = now();
    seam.quiet = true;
    seam.trouble = data.trouble;
    render();
  });
  source.addEventListener("error", () => {
    // The browser tries again by itself after a lost link, but not after a refusal.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 1000);
  });
}

// ---- drawing

/** The banner's text, or nothing when the frame is the present state. */
function trouble(elapsed) {
  const seconds = (millis) => ({ s: Math.floor(millis / 1000) });
  if (now() - seam.heard > PRESENT_MILLIS) {
    return word("noStation", seconds(now() - seam.heard));
  }
  if (!seam.frame) return `${word("noData")} · ${seam.trouble}`;
  if (elapsed > PRESENT_MILLIS) {
    return `${word("noInterlock", seconds(elapsed))} · ${seam.quiet ? seam.trouble : ""}`;
  }
  if (seam.frame.scan.ageMillis + elapsed > PRESENT_MILLIS + SCAN_MILLIS) {
    return word("scanStands", seconds(seam.frame.scan.ageMillis + elapsed));
  }
  return "";
}

function render() {
  const elapsed = seam.frame ? now() - seam.made : 0;
  const text = trouble(elapsed);
  const banner = byId("banner");
  banner.hidden = text === "";
  if (banner.textContent !== text) banner.textContent = text;
  document.body.className = text === "" ? "" : "lost";
  byId("clock").textContent = new Date().toLocaleTimeString("zh-CN", { hour12: false });
  byId("beat").className = Math.floor(now() / 500) % 2 ? "on" : "";
  if (seam.frame) draw(seam.frame, elapsed, text === "", ask);
}

function show(chosen) {
  speak(chosen);
  byId("language").textContent = chosen === "en" ? "中文" : "English";
  drawTitles();
  render();
}

listen(() => seam.frame);
byId("language").addEventListener("click", () => {
  const chosen = language() === "en" ? "zh" : "en";
  localStorage.setItem("language", chosen);
  show(chosen);
});

const wanted = new URLSearchParams(location.search).get("language");
const usual = navigator.language.startsWith("zh") ? "zh" : "en";
show(wanted ?? localStorage.getItem("language") ?? usual);
setInterval(render, DRAW_MILLIS);
follow();
