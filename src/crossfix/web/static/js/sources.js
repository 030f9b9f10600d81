// The graph of sources: three columns, drawn by Cytoscape where the server says. The table below it holds the same paths.

import { at, data, el, get, say } from "./site.js";
import { key } from "./keys.js";

const given = data("so-given");
const place = document.getElementById("so-graph");
const panel = document.getElementById("so-chosen");
const ROW = 40;
const GAP = 20;

const asked = () => {
  const query = new URLSearchParams();
  for (const [k, v] of Object.entries(given)) {
    if (Array.isArray(v)) for (const x of v) query.append(k, x);
    else if (v !== "") query.set(k, String(v));
  }
  return query;
};
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const many = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
const STANCES = { assert: "says", deny: "denies", suspect: "suspects", condemn: "condemns", announce: "announces", request: "asks for", predict: "predicts", support: "supports" };

let cy = null;
let found = null;

function style() {
  const font = getComputedStyle(document.body).fontFamily;
  return [
    { selector: "node", style: {
      shape: "round-rectangle", width: "data(w)", height: 30, "background-color": colour("--faint"), "border-width": 1, "border-color": colour("--edge"),
      label: "data(short)", color: colour("--ink"), "font-size": 12, "font-family": font, "text-valign": "center", "text-halign": "center", "text-max-width": "data(text)", "text-wrap": "ellipsis",
    } },
    { selector: 'node[column = 0]', style: { "border-color": colour("--c-blue") } },
    { selector: "node[?folded]", style: { "border-style": "double", "border-width": 4 } },
    { selector: 'node[column = 1]', style: { "border-color": colour("--c-orange") } },
    { selector: 'node[column = 2]', style: { "border-color": colour("--c-green") } },
    { selector: "edge", style: { width: "data(w)", "line-color": colour("--edge"), opacity: 0.42, "curve-style": "unbundled-bezier", "edge-distances": "endpoints", "control-point-distances": "data(bend)", "control-point-weights": "data(weights)", "source-endpoint": "90deg", "target-endpoint": "270deg" } },
    { selector: ".far", style: { opacity: 0.12 } },
    { selector: "node.far", style: { opacity: 0.35 } },
    { selector: "edge.near", style: { "line-color": colour("--accent"), opacity: 0.85 } },
    { selector: "node.near", style: { "border-width": 2 } },
    { selector: ".chosen", style: { "background-color": colour("--accent-faint"), "border-color": colour("--accent"), "border-width": 3, "font-weight": "bold" } },
  ];
}

function measures() {
  const width = place.clientWidth;
  const w = Math.max(110, Math.min(260, (width - 2 * GAP) * 0.27));
  const rows = Math.max(1, ...[0, 1, 2].map((c) => found.nodes.filter((n) => n.column === c).length));
  return { width, w, rows, x: [GAP + w / 2, width / 2, width - GAP - w / 2] };
}

function elements() {
  const m = measures();
  place.style.height = `${m.rows * ROW + 2 * GAP}px`;
  const y = (n) => GAP + n.row * ROW;
  const byId = new Map(found.nodes.map((n) => [n.id, n]));
  const out = found.nodes.map((n) => ({
    data: { ...n, w: m.w, text: m.w - 16, short: `${n.label} · ${n.claims.toLocaleString("en")}`, folded: n.id.startsWith("0:origin:") },
    position: { x: m.x[n.column], y: y(n) },
  }));
  for (const e of found.edges) {
    const [a, z] = [byId.get(e.source), byId.get(e.target)];
    out.push({ data: { id: `${e.source}→${e.target}`, source: e.source, target: e.target, claims: e.claims, w: 1 + Math.min(9, Math.log2(e.claims + 1)), ...curve(m.x[z.column] - m.x[a.column] - m.w, y(z) - y(a)) } });
  }
  return out;
}

// A curve that leaves and arrives level: control points part of the way across, at the height of either end, told as Cytoscape wants
// them, along the straight line and square to it.
const ACROSS = 0.28;
function curve(dx, dy) {
  const length = Math.hypot(dx, dy);
  const off = (ACROSS * dx * dy) / length;
  return { bend: [-off, off], weights: [(ACROSS * dx ** 2) / length ** 2, ((1 - ACROSS) * dx ** 2 + dy ** 2) / length ** 2] };
}

function draw() {
  place.replaceChildren();
  if (!document.getElementById("__________cytoscape_stylesheet")) {
    // Cytoscape would make a <style> of its own, which the policy of this site forbids; it looks for this name first
    const own = document.createElement("template");
    own.id = "__________cytoscape_stylesheet";
    document.head.append(own);
  }
  const made = elements();
  cy = window.cytoscape({
    container: place, elements: made, style: style(), layout: { name: "preset" }, zoom: 1, pan: { x: 0, y: 0 }, minZoom: 1, maxZoom: 1,
    userZoomingEnabled: false, userPanningEnabled: false, boxSelectionEnabled: false, autoungrabify: true, selectionType: "single",
  });
  cy.on("tap", "node", (event) => node(event.target));
  cy.on("tap", "edge", (event) => edge(event.target));
  cy.on("tap", (event) => event.target === cy && clear());
  cy.on("mouseover", "node, edge", (event) => {
    place.style.cursor = "pointer";
    place.title = event.target.isNode() ? `${event.target.data("label")}: ${many(event.target.data("claims"), "claim")}` : many(event.target.data("claims"), "claim");
  });
  cy.on("mouseout", "node, edge", () => {
    place.style.cursor = "";
    place.title = "";
  });
}

// ------------------------------------------------------------------ choosing

function lit(chosen, paths) {
  const ids = new Set();
  for (const p of paths) {
    const stops = [`0:${p.left}`, ...(p.between ? [`1:${p.between}`] : []), `2:${p.speaker}`];
    stops.forEach((s, n) => {
      ids.add(s);
      if (n) ids.add(`${stops[n - 1]}→${s}`);
    });
  }
  cy.batch(() => {
    cy.elements().removeClass("near far chosen");
    for (const x of cy.elements().toArray()) x.addClass(ids.has(x.id()) ? "near" : "far");
    chosen.addClass("chosen");
  });
}

function clear() {
  cy.elements().removeClass("near far chosen");
}

const through = (p, stop) => {
  const [column, name] = [stop.slice(0, 1), stop.slice(2)];
  return (column === "0" ? p.left : column === "1" ? p.between : p.speaker) === name;
};

function node(n) {
  const paths = found.paths.filter((p) => through(p, n.id()));
  lit(n, paths);
  const column = n.data("column");
  const what = [n.data("folded") ? "Documents of one origin" : "Outlet", "Link between", "Speaker"][column];
  tell(n.data("label"), `${what}; ${many(n.data("claims"), "claim")} in ${many(n.data("documents"), "document")} on the paths that are drawn.`, paths, n.data());
}

function edge(e) {
  const paths = found.paths.filter((p) => through(p, e.data("source")) && through(p, e.data("target")));
  lit(e, paths);
  tell(`${e.source().data("label")} → ${e.target().data("label")}`, `${many(e.data("claims"), "claim")}.`, paths);
}

function tell(title, words, paths, box = null) {
  const out = [el("h2", {}, el("bdi", {}, title)), el("p", { class: "soft" }, words)];
  if (box?.folded) {
    out.push(el("p", {}, `Carried by ${box.outlets.join(", ")}.`));
    const query = asked();
    query.append("open", box.id.slice(9));
    out.push(el("p", {}, el("a", { class: "button", href: at(`/sources?${query}`) }, "Unfold its documents")));
  }
  const claims = el("div", {});
  if (paths.length > 1) {
    out.push(el("h3", {}, many(paths.length, "path")));
    const ways = paths.slice(0, 60).map((p) => {
      const line = [p.label, p.between, p.speaker].filter(Boolean).join(" → ");
      return el("button", { type: "button", class: "way", onclick: () => show(p, claims, false) }, el("bdi", {}, line), el("span", { class: "soft" }, ` ${many(p.claims, "claim")}`));
    });
    out.push(...ways.slice(0, 4));
    if (ways.length > 4) out.push(el("details", {}, el("summary", {}, `${ways.length - 4} more`), ...ways.slice(4)));
  }
  panel.replaceChildren(...out, claims);
  panel.scrollTop = 0;
  say(`${title}. ${words}`);
  if (paths.length) show(paths[0], claims);
}

let asking = null;
async function show(p, place_, quiet = true) {
  asking?.abort();
  const mine = (asking = new AbortController());
  place_.replaceChildren(el("p", { class: "soft" }, "Reading …"));
  const query = new URLSearchParams({ left: p.left, speaker: p.speaker });
  if (p.between) query.set("between", p.between);
  for (const [k, v] of asked()) if (["stance", "open", "every"].includes(k)) query.append(k, v);
  const list = el("ul", {});
  const more = async (after) => {
    if (after) query.set("after", after);
    const page = await get(`/api/v1/sources/claims?${query}`, { signal: mine.signal });
    list.append(...page.items.map(claim));
    return page.next;
  };
  try {
    let next = await more(null);
    const line = [p.label, p.between, p.speaker].filter(Boolean).join(" → ");
    place_.replaceChildren(el("h3", {}, el("bdi", {}, line)), list);
    const button = el("button", { type: "button" }, "Show more claims");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        next = await more(next);
      } catch (error) {
        if (error.name !== "AbortError") button.before(el("p", { class: "warn" }, error.message));
      }
      button.disabled = false;
      if (!next) button.remove();
    });
    if (next) place_.append(button);
    if (!quiet) panel.scrollTop = place_.offsetTop - panel.offsetTop - 8;
  } catch (error) {
    if (error.name !== "AbortError") place_.replaceChildren(el("p", { class: "warn" }, error.message));
  }
}

function claim(c) {
  return el("li", {},
    el("p", {}, el("span", { class: `chip stance-${c.stance}` }, STANCES[c.stance] ?? c.stance), " ", el("bdi", { class: "quote", dir: "auto" }, c.words)),
    el("p", {}, el("a", { class: "cite", href: at(c.path) }, `${c.outlet}, ${c.published}`)));
}

// ------------------------------------------------------------------ begin

async function load() {
  try {
    found = await get(`/api/v1/sources?${asked()}`);
    draw();
    place.dataset.ready = "yes";
  } catch (error) {
    place.replaceChildren(el("div", { class: "state fault", role: "alert" }, el("p", {}, `The graph could not be drawn. ${error.message}`), el("p", {}, el("button", { type: "button", onclick: load }, "Try again"))));
    if (!error.type) throw error;
  }
}

let width = 0;
new ResizeObserver(() => {
  if (!cy || Math.abs(place.clientWidth - width) < 4) return;
  width = place.clientWidth;
  const made = new Map(elements().map((e) => [e.data.id, e]));
  cy.resize();
  cy.batch(() => {
    for (const x of cy.elements().toArray()) {
      const e = made.get(x.id());
      x.data(e.data.label === undefined ? { bend: e.data.bend, weights: e.data.weights } : { w: e.data.w, text: e.data.text });
      if (e.position) x.position(e.position);
    }
  });
}).observe(place);
document.addEventListener("crossfix:theme", () => cy?.style(style()));
key("Home", "To the graph", () => place.scrollIntoView({ block: "start" }));
load();
