// What came in since the last visit. A visit is remembered in this browser alone: how far each table of the record had grown.
// It ends when the overview was not opened for half an hour; what is new is then measured from where it ended.

import { at, data, kept, say } from "./site.js";

const PAUSE = 30 * 60 * 1000;
const { key, marks } = data("visit");
const section = document.getElementById("since");

function visit(now) {
  const before = kept.get(`visit-${key}`);
  // a record made anew has shorter tables than the browser remembers: then this is a first visit
  const usable = before && Object.keys(marks).every((t) => (before.latest.marks[t] ?? 0) <= marks[t]);
  if (!usable) return { base: null, latest: { marks, at: now } };
  const ended = now - before.latest.at > PAUSE;
  return { base: ended ? before.latest : before.base, latest: { marks, at: now } };
}

async function show(base) {
  section.hidden = false;
  const heading = section.querySelector("h2");
  const when = new Date(base.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  heading.textContent = `Since your last visit, ${when}`;
  const place = section.querySelector("[data-since]");
  try {
    const answer = await fetch(at(`/since?${new URLSearchParams(base.marks)}`), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
    // made by the site's own template, escaped there
    place.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
    say("What came in since your last visit is shown.");
  } catch (error) {
    place.textContent = `What came in could not be read. ${error.message}`;
  }
}

if (section) {
  const now = visit(Date.now());
  kept.set(`visit-${key}`, now);
  if (now.base && Object.keys(marks).some((t) => marks[t] !== now.base.marks[t])) show(now.base);
}
