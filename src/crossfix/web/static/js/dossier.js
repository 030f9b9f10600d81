// The desk of a dossier by keys. Every act is a form that works without this script; a key presses the form of the item that has the focus.

import { key } from "./keys.js";
import { say } from "./site.js";

const items = () => [...document.querySelectorAll("[data-items] > .item")];
const here = () => items().indexOf(document.activeElement?.closest(".item"));

function go(step) {
  const all = items();
  if (all.length === 0) return;
  const at = here();
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(selector, what) {
  const item = items()[here()];
  if (!item) {
    say("Choose an item first, with j and k.");
    return;
  }
  const button = item.querySelector(`${selector} button`);
  if (button && !button.disabled) button.click();
  else say(what);
}

key("j", "Next item", () => go(1));
key("k", "Item before", () => go(-1));
key("[", "Move the item up", () => press("[data-up]", "It is the first."));
key("]", "Move the item down", () => press("[data-down]", "It is the last."));
key("x", "Take the item out", () => press("[data-drop]", "It cannot be taken out."));
key("z", "Undo", () => document.querySelector("[data-undo] button")?.click());
key("v", "Preview", () => document.querySelector("[data-preview]")?.click());

// after an act the address names the item: the focus goes back to it
const target = location.hash.startsWith("#item-") ? document.getElementById(location.hash.slice(1)) : null;
target?.focus();
