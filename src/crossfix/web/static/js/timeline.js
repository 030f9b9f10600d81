// The timeline. The server counts what is dense, so that a window never holds more than some hundred items; the next window is asked
// for before its edge is reached. The address keeps the filter, its fragment the stretch that is shown.

import { at, data, el, get, say } from "./site.js";
import { key } from "./keys.js";

const DAY = 86400000;
const LANES = { events: "Events", transfers: "Transfers", claims: "Claims", denials: "Denials" };
const BINS = [["day", 1], ["week", 7], ["month", 30.44], ["quarter", 91.3], ["year", 365.25], ["decade", 3652.5]];
const BIN_LEAST = 26; // pixels that a bin needs for its count
const FIRST = -62135596800000; // 1 January of the year 1
const LAST = 253402214400000; // 31 December 9999

window.crossfixLoud?.();
const given = data("timeline");
const place = document.getElementById("tl-picture");
const spanText = document.getElementById("tl-span");
const panel = document.getElementById("tl-chosen");

const day = (time) => new Date(Math.min(LAST, Math.max(FIRST, time))).toISOString().slice(0, 10).replace(/^[+-]\d\d/, "");
const noon = (text) => Date.parse(`${text}T12:00Z`);
const begin = (text) => Date.parse(`${text}T00:00Z`);

const extent = { first: begin(given.extent.first), last: begin(given.extent.last) + DAY, mainFirst: begin(given.extent.mainFirst), mainLast: begin(given.extent.mainLast) + DAY };

function padded(first, last) {
  const room = Math.max((last - first) * 0.05, 15 * DAY);
  return [first - room, last + room];
}

let timeline = null;
let items = null;
let groups = null;
let loaded = null; // {from, to, bin} of what the items are from
let asking = null;
let current = null; // the id of the item that has or had the focus

// ------------------------------------------------------------------ items

const marks = new Map(); // one element for an item, so that drawing it again does not take the focus from it

function mark(item) {
  if (!marks.has(item.id)) marks.set(item.id, made(item));
  return marks.get(item.id);
}

function made(item) {
  if (item.cluster) {
    const words = `${item.count} ${LANES[item.group].toLowerCase()}, ${item.from} to ${item.to}. Zoom in.`;
    return el("button", { class: "mark", type: "button", tabindex: "-1", "aria-label": words, title: words }, String(item.count));
  }
  const label = `${item.title}, ${item.when}${item.precision && item.precision !== "day" ? ` (${item.precision})` : ""}`;
  return el("a", { class: "mark", href: item.path ? at(item.path) : null, tabindex: "-1", title: label, "aria-label": label, "data-id": item.id }, el("bdi", {}, item.title));
}

function fromLane(lane) {
  const out = [];
  for (const c of lane.clusters) {
    out.push({
      id: `${lane.lane}:${c.start}:${c.end}`, group: lane.lane, type: "range", cluster: true, count: c.count, from: c.start, to: c.end,
      start: begin(c.start), end: begin(c.end) + DAY - (begin(c.end) + DAY - begin(c.start)) * 0.03, className: `lane-${lane.lane} cluster`,
    });
  }
  for (const i of lane.items) {
    const one = i.start === i.end;
    const names = [`lane-${lane.lane}`];
    if (i.modality !== "actual") names.push("unreal");
    if (i.status === "denied" && lane.lane !== "denials") names.push("denied");
    out.push({
      ...i, id: `${i.kind}:${i.id}`, key: i.id, group: lane.lane, type: one ? "point" : "range", day: i.start,
      start: one ? noon(i.start) : begin(i.start), end: one ? undefined : begin(i.end) + DAY, className: names.join(" "),
    });
  }
  return out;
}

function show(lanes) {
  const fresh = new Map();
  for (const lane of lanes) {
    for (const i of fromLane(lane)) fresh.set(i.id, i);
    const group = groups.get(lane.lane);
    if (group.total !== lane.total) groups.update({ id: lane.lane, content: LANES[lane.lane], total: lane.total });
  }
  // what stays is left alone, so that it keeps its place and its focus
  const gone = items.getIds().filter((id) => !fresh.has(id));
  items.remove(gone);
  for (const id of gone) marks.delete(id);
  const old = new Set(items.getIds());
  items.add([...fresh.values()].filter((i) => !old.has(i.id)));
  rove();
}

// ------------------------------------------------------------------ windows

function binFor(span) {
  const days = span / DAY;
  const most = Math.max(8, (place.clientWidth - 110) / BIN_LEAST);
  return (BINS.find(([, d]) => days / d <= most) ?? BINS.at(-1))[0];
}

async function load() {
  const { start, end } = timeline.getWindow();
  const a = start.getTime();
  const z = end.getTime();
  const bin = binFor(z - a);
  // half a screen of what is loaded is still ahead on either side: nothing to do
  const near = (z - a) / 2;
  const enough = loaded && loaded.bin === bin && loaded.from <= Math.max(a - near, FIRST) && loaded.to >= Math.min(z + near, LAST);
  if (enough) return;
  const from = Math.max(FIRST, a - 1.5 * (z - a));
  const to = Math.min(LAST, z + 1.5 * (z - a));
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  place.classList.add("stale");
  try {
    const query = new URLSearchParams({ ...given.query, from: day(from), to: day(to), bin });
    const answer = await get(`/api/v1/timeline?${query}`, { signal: mine.signal });
    loaded = { from, to, bin };
    show(answer.lanes);
    place.classList.remove("stale");
    drawnOnce.then(() => {
      place.dataset.ready = bin;
      rove();
    });
    failed(null);
  } catch (error) {
    if (error.name === "AbortError") return;
    place.classList.remove("stale");
    failed(error);
  }
}

let firstDrawn = null;
const drawnOnce = new Promise((done) => (firstDrawn = done)); // until then nothing of it can have the focus
let soon = null;
function loadSoon() {
  if (soon) return;
  soon = setTimeout(() => {
    soon = null;
    load();
  }, 80);
}

function failed(error) {
  document.getElementById("tl-fault")?.remove();
  if (error === null) return;
  const again = el("button", { type: "button", onclick: () => load() }, "Try again");
  const box = el("div", { class: "state fault", id: "tl-fault", role: "alert" }, el("p", {}, error.message), el("p", {}, again));
  place.before(box);
}

function told() {
  const { start, end } = timeline.getWindow();
  const words = (d) => d.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  spanText.textContent = `${words(start)} – ${words(end)}`;
}

function keep() {
  const { start, end } = timeline.getWindow();
  history.replaceState(null, "", `#${day(start.getTime())}/${day(end.getTime())}`);
}

// ------------------------------------------------------------------ choosing

const SECTION = (title, ...inside) => [el("h3", {}, title), ...inside];

function drawn(x) {
  const out = [el("h2", {}, el("bdi", {}, x.title))];
  const precision = x.precision && x.precision !== "day" ? ` (${x.precision})` : "";
  out.push(el("p", {}, x.when + precision, el("br"), [x.standing, x.told].filter(Boolean).join("; ")));
  out.push(el("p", {}, x.support));
  if (x.origins.length) {
    const title = x.kind === "transfer" ? "Alleged by" : "Independent origins";
    out.push(...SECTION(title, el("ul", {}, ...x.origins.map((n) => el("li", {}, el("bdi", {}, n))))));
  }
  if (x.accounts.length) {
    const rows = x.accounts.map((a) => el("li", {}, el("strong", {}, `${a.field}: `), el("bdi", {}, a.value), a.by.length ? el("span", { class: "soft" }, ` ${a.by.join("; ")}`) : null));
    out.push(...SECTION("Accounts differ", el("ul", {}, ...rows)));
  }
  if (x.passages.length) {
    const rows = x.passages.map((p) =>
      el("li", {}, el("a", { class: "cite", href: at(p.path) }, `${p.outlet}, ${p.published}`),
        el("bdi", { class: "quote", dir: "auto" }, p.before, p.before || p.after ? el("b", {}, p.words) : p.words, p.after)));
    if (x.more) rows.push(el("li", { class: "soft" }, `and ${x.more} more`));
    out.push(...SECTION("In the words of", el("ul", {}, ...rows)));
  }
  out.push(el("p", {}, el("a", { class: "button main", href: at(x.path) }, x.path_label)));
  return out;
}

let choosing = null;
async function choose(item, { quiet = false } = {}) {
  timeline.setSelection([item.id]);
  choosing?.abort();
  const mine = (choosing = new AbortController());
  panel.replaceChildren(el("h2", {}, el("bdi", {}, item.title)), el("p", { class: "soft" }, "Reading …"));
  try {
    const found = await get(`/api/v1/timeline/${item.kind}/${encodeURIComponent(item.key)}`, { signal: mine.signal });
    panel.replaceChildren(...drawn(found));
    panel.scrollTop = 0;
    if (!quiet) say(`${found.title}. ${found.when}. ${found.support}`);
  } catch (error) {
    if (error.name === "AbortError") return;
    panel.replaceChildren(el("h2", {}, el("bdi", {}, item.title)), el("p", { class: "warn" }, `${error.message} ${error.advice ?? ""}`));
  }
}

function activate(id) {
  const item = items.get(id);
  if (!item) return;
  current = id;
  if (item.cluster) {
    const [a, z] = padded(item.start, item.end);
    moveTo(a, z);
    say(`${item.count} ${LANES[item.group].toLowerCase()} from ${item.from} to ${item.to}, shown closer.`);
  } else choose(item);
}

// ------------------------------------------------------------------ moving

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const move = { animation: still ? false : { duration: 180, easingFunction: "easeOutQuad" } };
const moveTo = (a, z) => timeline.setWindow(a, z, move);
const all = () => moveTo(...padded(extent.first, extent.last));
const main = () => moveTo(...padded(extent.mainFirst, extent.mainLast));

function pan(part) {
  const { start, end } = timeline.getWindow();
  const by = (end - start) * part;
  timeline.setWindow(start.getTime() + by, end.getTime() + by, { animation: false });
}
function zoom(factor) {
  const { start, end } = timeline.getWindow();
  const middle = (start.getTime() + end.getTime()) / 2;
  const half = ((end - start) / 2) * factor;
  moveTo(middle - half, middle + half);
}

// ------------------------------------------------------------------ the focus: one item at a time is reached by Tab

const element = (id) => timeline.itemSet.items[id]?.dom?.content?.querySelector(".mark") ?? null;
const inOrder = (lane) => items.get({ filter: (i) => i.group === lane, order: (a, b) => a.start - b.start || (a.id < b.id ? -1 : 1) });

function rove() {
  if (current !== null && !items.get(current)) current = null;
  for (const m of place.querySelectorAll('.mark[tabindex="0"]')) m.tabIndex = -1;
  const { start, end } = timeline.getWindow();
  const id = current ?? items.getIds({ filter: (i) => i.start >= start && i.start <= end })[0];
  const found = id === undefined ? null : element(id);
  if (found) found.tabIndex = 0;
}

function focus(item) {
  current = item.id;
  const { start, end } = timeline.getWindow();
  const out = item.start < start.getTime() || item.start > end.getTime() - (end - start) * 0.1;
  if (out) {
    const half = (end - start) / 2;
    timeline.setWindow(item.start - half, item.start + half, { animation: false });
  }
  timeline.redraw();
  rove();
  const found = element(item.id);
  if (!found) return;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
  if (!item.cluster) choose(item, { quiet: true });
}

function step(by) {
  const here = current === null ? null : items.get(current);
  const { start } = timeline.getWindow();
  const row = inOrder(here?.group ?? Object.keys(LANES).find((l) => inOrder(l).length) ?? "events");
  if (!row.length) return;
  if (here === null) return focus(row.find((i) => i.start >= start.getTime()) ?? row[0]);
  const n = row.findIndex((i) => i.id === here.id) + by;
  if (n < 0 || n >= row.length) return say(by > 0 ? "No later one is loaded; move on with the right arrow." : "No earlier one is loaded; move back with the left arrow.");
  focus(row[n]);
}

function otherLane(by) {
  const lanes = Object.keys(LANES).filter((l) => inOrder(l).length);
  const here = current === null ? null : items.get(current);
  const lane = lanes[Math.min(lanes.length - 1, Math.max(0, lanes.indexOf(here?.group) + by))];
  if (!lane || lane === here?.group) return;
  const near = here?.start ?? timeline.getWindow().start.getTime();
  focus(inOrder(lane).reduce((a, b) => (Math.abs(b.start - near) < Math.abs(a.start - near) ? b : a)));
}

// ------------------------------------------------------------------ begin

function kept() {
  const found = /^#(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/.exec(location.hash);
  const [a, z] = found ? [begin(found[1]), begin(found[2])] : [NaN, NaN];
  return a < z ? [a, z] : null;
}

function draw() {
  const { vis } = window;
  place.replaceChildren();
  groups = new vis.DataSet(Object.keys(LANES).map((id, order) => ({ id, order, content: LANES[id], total: 0 })));
  items = new vis.DataSet([]);
  const [start, end] = kept() ?? padded(extent.mainFirst, extent.mainLast);
  const edge = padded(extent.first, extent.last);
  const room = Math.max(edge[1] - edge[0], 365 * DAY);
  timeline = new vis.Timeline(place, items, groups, {
    start, end, min: Math.max(FIRST, edge[0] - room), max: Math.min(LAST, edge[1] + room), zoomMin: 6 * DAY, zoomMax: edge[1] - edge[0] + 2 * room,
    stack: true, orientation: { axis: "top", item: "top" }, margin: { axis: 6, item: { horizontal: 0, vertical: 3 } }, minHeight: 430,
    showCurrentTime: false, showTooltips: false, multiselect: false, selectable: true, verticalScroll: false, zoomFriction: 8,
    moment: (date) => vis.moment(date).utc(), locale: "en", groupHeightMode: "auto",
    onInitialDrawComplete: () => firstDrawn(), template: (item) => mark(item),
    groupTemplate: (group) => el("div", {}, el("span", { class: "lane-name" }, group.content), el("span", { class: "lane-total" }, group.total.toLocaleString("en"))),
  });
  timeline.on("rangechange", () => {
    told();
    loadSoon();
  });
  timeline.on("rangechanged", () => {
    told();
    keep();
    rove();
    loadSoon();
  });
  timeline.on("click", (event) => event.item && activate(event.item));
  timeline.on("doubleClick", (event) => {
    const item = event.item && items.get(event.item);
    if (item?.path) location.href = at(item.path);
  });
  // a plain click chooses; with a modifier the link is a link
  place.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.mark");
    if (!link) return;
    const keyboard = event.detail === 0;
    if (!keyboard && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) event.preventDefault();
  });
  // drawing anew takes the lanes out and puts them back, and with them the focus away: it is given back
  let holding = false;
  timeline.on("changed", () => holding && current && document.activeElement === document.body && element(current)?.focus({ preventScroll: true }));
  addEventListener("pointerdown", () => (holding = false), true);
  addEventListener("keydown", (event) => event.key === "Tab" && (holding = false), true);
  place.addEventListener("focusin", (event) => {
    holding = event.target.matches(".mark");
    const id = Object.keys(timeline.itemSet.items).find((i) => timeline.itemSet.items[i].dom?.content?.contains(event.target));
    if (id) current = id;
  });
  place.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      otherLane(event.key === "ArrowDown" ? 1 : -1);
    }
    if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("button.mark")) {
      event.preventDefault();
      if (current) activate(current);
    }
  });
  const does = { earlier: () => pan(-0.4), later: () => pan(0.4), in: () => zoom(0.5), out: () => zoom(2), main, all };
  const buttons = document.querySelector(".tl-buttons");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => does[event.target.closest("[data-do]")?.dataset.do]?.());
  key("ArrowLeft", "Earlier", () => pan(-0.15));
  key("ArrowRight", "Later", () => pan(0.15));
  key("+", "Zoom in", () => zoom(0.5));
  key("=", "Zoom in", () => zoom(0.5));
  key("-", "Zoom out", () => zoom(2));
  key("Home", "All of it", all);
  key("j", "Next on this lane", () => step(1));
  key("k", "The one before on this lane", () => step(-1));
  key("Enter", "Open the chosen one", open);
  told();
  load();
}

function open(event) {
  const link = event.target.closest?.("a[href], button, summary");
  if (link) return link.click(); // Enter does here what it does elsewhere
  const item = current && items.get(current);
  if (item?.path) location.href = at(item.path);
}

try {
  draw();
} catch (error) {
  place.replaceChildren(el("div", { class: "state fault" }, el("p", {}, `The timeline could not be drawn. ${error.message}`), el("p", {}, "The list below holds the same events and transfers.")));
  throw error;
}
