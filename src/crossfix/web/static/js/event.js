// One event: j and k walk what is said of it; a number of the matrix leads to its statement and lights it.

import { key } from "./keys.js";
import "./findings.js";

const said = [...document.querySelectorAll(".said > li[id]")];
let here = -1;

function go(to) {
  if (said.length === 0) return;
  said[here]?.removeAttribute("aria-current");
  here = Math.min(said.length - 1, Math.max(0, to));
  said[here].setAttribute("aria-current", "true");
  said[here].focus({ preventScroll: true });
  said[here].scrollIntoView({ block: "nearest" });
}

function lit() {
  const at = said.findIndex((li) => `#${li.id}` === decodeURIComponent(location.hash));
  if (at >= 0) go(at);
}

if (said.length) {
  key("j", "Next statement", () => go(here + 1));
  key("k", "Statement before", () => go(here - 1));
  key("Enter", "Open its passage", () => said[here]?.querySelector("a.cite")?.click());
}
window.addEventListener("hashchange", lit);
lit();
