// The reader: marks say how they resolve, keys walk claims and findings, an address lights its passage, and what is chosen stands beside.

import { key } from "./keys.js";
import { data, el, kept, say } from "./site.js";
import { whys } from "./why.js";

const lit = data("lit");
const text = document.querySelector("[data-text]");
const beside = document.getElementById("beside");
const tip = document.getElementById("tip");
const runs = [...text.querySelectorAll(".t")];
const begins = runs.map((r) => Number(r.dataset.s));
const marksOf = (run) => (run.dataset.m ? run.dataset.m.split(" ").map((n) => lit.marks[Number(n)]) : []);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

// ------------------------------------------------------------------ offsets: code points of the document, not units of this language

/** The offset in the document of a point of the page; null outside of the text. */
function offset(node, within) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".t");
  if (!run || !text.contains(run)) {
    // a point between runs: the beginning of the run that follows it
    const next = node.childNodes?.[within];
    const inner = next?.nodeType === Node.ELEMENT_NODE ? (next.matches(".t") ? next : next.querySelector(".t")) : null;
    return inner && text.contains(inner) ? Number(inner.dataset.s) : null;
  }
  const range = document.createRange();
  range.setStart(run, 0);
  range.setEnd(node, within);
  return Number(run.dataset.s) + [...range.toString()].length;
}

/** What is selected in the text as [start, end], blanks at the ends left out; null for nothing. */
function selected() {
  const s = getSelection();
  if (!s || s.isCollapsed || s.rangeCount === 0) return null;
  const r = s.getRangeAt(0);
  if (!text.contains(r.startContainer) || !text.contains(r.endContainer)) return null;
  let a = offset(r.startContainer, r.startOffset);
  let b = offset(r.endContainer, r.endOffset);
  if (b === null || a === null || a >= b) return null;
  const words = between(a, b);
  a += [...words].length - [...words.trimStart()].length;
  b -= [...words].length - [...words.trimEnd()].length;
  return a < b ? [a, b] : null;
}

/** The words of a passage as the page has them. */
function between(a, b) {
  let out = "";
  runs.forEach((run, n) => {
    const points = [...run.textContent];
    const from = Math.max(a, begins[n]) - begins[n];
    const to = Math.min(b, begins[n] + points.length) - begins[n];
    if (from < to) out += points.slice(from, to).join("");
  });
  return out;
}

// ------------------------------------------------------------------ lighting a passage

function unlight() {
  for (const hit of text.querySelectorAll(".hit")) {
    const parent = hit.parentNode;
    hit.replaceWith(...hit.childNodes);
    parent.normalize();
  }
}

/** Light [start, end) exactly and bring it into view. Returns whether there is such a passage. */
function light(start, end, scroll = true) {
  unlight();
  let first = null;
  runs.forEach((run, n) => {
    let leaf = run;
    while (leaf.firstElementChild) leaf = leaf.firstElementChild;
    const points = [...leaf.textContent];
    const from = Math.max(start, begins[n]) - begins[n];
    const to = Math.min(end, begins[n] + points.length) - begins[n];
    if (from >= to) return;
    const hit = el("span", { class: "hit" }, points.slice(from, to).join(""));
    leaf.replaceChildren(points.slice(0, from).join(""), hit, points.slice(to).join(""));
    first ??= hit;
  });
  if (first && scroll) first.scrollIntoView({ block: "center", behavior: calm });
  return first !== null;
}

function fromAddress() {
  const found = /^#(\d{1,9})-(\d{1,9})$/.exec(location.hash);
  if (!found) return false;
  const there = light(Number(found[1]), Number(found[2]));
  say(there ? `Passage ${found[1]} to ${found[2]}` : "This passage is not in the text");
  return there;
}

// ------------------------------------------------------------------ what is chosen

let chosen = lit.chosen;
let asked = null;

function ring() {
  for (const run of runs) {
    run.classList.toggle("on", chosen !== null && marksOf(run).some((m) => m.claim === chosen));
  }
}

async function choose(id, passage = null) {
  chosen = id;
  ring();
  const claim = lit.claims.find((c) => c.id === id);
  const [start, end] = passage ?? (claim ? [claim.start, claim.end] : [null, null]);
  if (start !== null) light(start, end);
  const query = id === null ? location.pathname : `${location.pathname}?claim=${encodeURIComponent(id)}`;
  history.replaceState(null, "", query + (start === null ? "" : `#${start}-${end}`));
  asked?.abort();
  asked = new AbortController();
  beside.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${beside.dataset.panel}${id === null ? "" : `?claim=${encodeURIComponent(id)}`}`, {
      credentials: "same-origin",
      signal: asked.signal,
    });
    if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
    // our own server's markup, in which every word of a document is escaped
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    beside.replaceChildren(...parsed.body.childNodes);
    whys(beside);
    beside.scrollTop = 0;
    say(id === null ? "The document as a whole" : beside.querySelector("h2")?.textContent ?? "Claim");
  } catch (error) {
    if (error.name === "AbortError") return;
    beside.replaceChildren(el("p", { class: "warn", role: "alert" }, `This could not be loaded. ${error.message}`));
  }
  beside.removeAttribute("aria-busy");
}

function walkClaims(step) {
  if (lit.claims.length === 0) return say("No claim was found in this document");
  const n = lit.claims.findIndex((c) => c.id === chosen);
  const next = n < 0 ? (step > 0 ? 0 : lit.claims.length - 1) : Math.min(lit.claims.length - 1, Math.max(0, n + step));
  if (next !== n) choose(lit.claims[next].id);
}

let finding = -1;

async function walkFindings(step) {
  if (lit.findings.length === 0) return say("The checks found nothing in this document");
  finding = finding < 0 && step < 0 ? lit.findings.length - 1 : Math.min(lit.findings.length - 1, Math.max(0, finding + step));
  const f = lit.findings[finding];
  await choose(f.claim, [f.start, f.end]);
  const shown = document.getElementById(`finding-${f.id}`);
  shown?.scrollIntoView({ block: "nearest" });
  shown?.setAttribute("aria-current", "true");
}

beside.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-choose]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(link.dataset.choose || null);
});

/** The claim that a run stands in, the one with the fewest words where several do. */
const claimOf = (run) =>
  marksOf(run).filter((m) => m.claim && lit.claims.some((c) => c.id === m.claim)).sort((a, b) => a.length - b.length)[0]?.claim ?? null;

text.addEventListener("click", (event) => {
  const run = event.target.closest(".t");
  if (!run || selected()) return;
  const id = claimOf(run);
  if (id && id !== chosen) choose(id);
});
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".t")) return;
  const id = claimOf(event.target);
  if (id) choose(id);
});

// ------------------------------------------------------------------ how a mark resolves

const NAMES = { content: "Claim", source: "Source", cue: "Cue", date: "Date", place: "Place", event: "Event" };
const off = new Set();

function tell(run) {
  const seen = marksOf(run).filter((m) => !off.has(m.kind));
  if (seen.length === 0) return hush();
  tip.replaceChildren(
    ...seen.slice(0, 8).map((m) =>
      el("div", { class: "tip-part" }, el("span", { class: `tip-kind k-${m.kind}` }, NAMES[m.kind]), ...m.lines.map((l) => el("p", {}, l))),
    ),
  );
  tip.hidden = false;
  const box = run.getClientRects()[0] ?? run.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - size.width - 8));
  const below = box.bottom + 8 + size.height < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${Math.max(8, below ? box.bottom + 8 : box.top - size.height - 8)}px`;
  run.setAttribute("aria-describedby", "tip");
}

function hush() {
  tip.hidden = true;
  for (const run of text.querySelectorAll("[aria-describedby]")) run.removeAttribute("aria-describedby");
}

text.addEventListener("mouseover", (event) => {
  const run = event.target.closest(".t[data-m]");
  if (run) tell(run);
});
text.addEventListener("mouseout", hush);
text.addEventListener("focusin", (event) => event.target.matches(".t[data-m]") && tell(event.target));
text.addEventListener("focusout", hush);
document.addEventListener("scroll", hush, { passive: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && hush());

// ------------------------------------------------------------------ which marks are shown

const legend = document.querySelector("[data-legend]");
function layers() {
  off.clear();
  for (const box of legend.querySelectorAll("input")) {
    text.classList.toggle(`no-${box.name}`, !box.checked);
    if (!box.checked) off.add(box.name);
  }
}
if (legend) {
  const before = kept.get("reader-off") ?? [];
  for (const box of legend.querySelectorAll("input")) box.checked = !before.includes(box.name);
  layers();
  legend.addEventListener("change", () => {
    layers();
    kept.set("reader-off", [...off]);
  });
}

// ------------------------------------------------------------------ correcting the words of a claim

document.addEventListener("selectionchange", () => {
  const field = beside.querySelector("[data-edit][open] input[data-field=content]");
  const range = field && selected();
  if (!range) return;
  field.value = `${range[0]}-${range[1]}`;
  field.setAttribute("aria-invalid", "false");
});

function edit() {
  const details = beside.querySelector("[data-edit]");
  if (!details) return say("Choose a claim first");
  const range = selected();
  details.open = true;
  const field = details.querySelector("input[data-field=content]");
  if (range) field.value = `${range[0]}-${range[1]}`;
  details.scrollIntoView({ block: "nearest" });
  (range ? field.form.querySelector("button") : field).focus();
}

const press = (what, missing) => () => {
  const button = beside.querySelector(what);
  if (button) button.click();
  else say(missing);
};

// ------------------------------------------------------------------ keys

const go = (f) => () => void f();
key("j", "Next claim", go(() => walkClaims(1)));
key("k", "Claim before", go(() => walkClaims(-1)));
key("n", "Next finding", go(() => walkFindings(1)));
key("p", "Finding before", go(() => walkFindings(-1)));
key("o", "Save the original file", () => document.querySelector("[data-original]")?.click());
if (beside.querySelector("form")) {
  key("a", "Accept the claim", press(".review [data-act=accept]", "Choose a claim first"));
  key("r", "Reject the claim", press(".review [data-act=reject]", "Choose a claim first"));
  key("e", "Correct the claim; what is selected becomes its words", edit);
  key("u", "Undo the newest act on it", press("[data-said] [data-act=undo]", "Nothing was said of it"));
}

addEventListener("hashchange", fromAddress);
ring();
fromAddress();
