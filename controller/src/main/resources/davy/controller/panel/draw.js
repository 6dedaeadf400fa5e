// What every part of the page draws with.

import { word } from "./words.js";

export const byId = (id) => document.getElementById(id);

export function make(tag, className, parent) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that keeps its place; `press` is called with nothing. */
export function button(className, parent, press) {
  const made = make("button", className, parent);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** Milliseconds as a person says them. */
export function span(millis) {
  if (millis < 60_000) return `${(Math.max(0, millis) / 1000).toFixed(1)} s`;
  const minutes = Math.floor(millis / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** Milliseconds left, as 29:07. */
export function countdown(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function list(words) {
  return words.map((one) => word(one)).join(", ");
}

/** A thing that is no longer in the frame leaves the page. */
export function forget(known, names) {
  for (const [name, part] of known) {
    if (!names.has(name)) {
      part.root.remove();
      known.delete(name);
    }
  }
}
