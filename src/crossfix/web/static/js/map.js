// The map: outlines as vectors, no tiles. The places come from the server with their counts; near ones are drawn together. The list beside
// the map holds the same and is where keyboards and screen readers work; both lead to each other.

import { at, data, el, get, say } from "./site.js";
import { key } from "./keys.js";

const { L, topojson } = window;
const given = data("map-given");
const place = document.getElementById("map");
const list = document.getElementById("mp-list");
const sum = document.getElementById("mp-sum");
const LISTED = 60;
const query = { ...given.query };

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const many = (n, one, more = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;

place.replaceChildren();
const map = L.map(place, {
  attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 12, worldCopyJump: true, preferCanvas: true, zoomSnap: 0.5,
  maxBounds: [[-85, -400], [85, 400]], maxBoundsViscosity: 0.8,
  fadeAnimation: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
});
L.control.zoom({ position: "topright", zoomInTitle: "Zoom in", zoomOutTitle: "Zoom out" }).addTo(map);
L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
for (const [name, z] of [["outline", 200], ["lines", 350], ["sites", 420], ["labels", 450]]) map.createPane(name).style.zIndex = z;
map.getPane("labels").style.pointerEvents = "none";
const ground = L.canvas({ pane: "outline", padding: 0.4 });
const vectors = L.svg({ pane: "lines", padding: 0.6 });

// ------------------------------------------------------------------ outlines, graticule and labels

let land = null;
const outlines = { coarse: null, fine: null };

const groundStyle = () => ({ renderer: ground, pane: "outline", interactive: false, fillColor: colour("--land"), fillOpacity: 1, color: colour("--border"), weight: 0.8 });

// What crosses the 180th meridian would be drawn right across the map: such rings go on beyond it, and stand on both edges. The one
// around the pole stays as it is.
function unwrapped(found) {
  const beyond = [];
  const ringed = (ring) => {
    if (ring.some(([, lat]) => lat < -85)) return ring;
    let by = 0;
    return ring.map(([lon, lat], n) => {
      const step = n ? lon - ring[n - 1][0] : 0;
      if (step > 180) by -= 360;
      else if (step < -180) by += 360;
      return [lon + by, lat];
    });
  };
  const moved = (rings, by) => rings.map((r) => r.map(([lon, lat]) => [lon + by, lat]));
  for (const f of found.features) {
    const polygons = f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates;
    const out = polygons.map((rings) => rings.map(ringed));
    for (const rings of out) {
      const lons = rings[0].map((p) => p[0]);
      if (Math.max(...lons) > 180.01) beyond.push(moved(rings, -360));
      if (Math.min(...lons) < -180.01) beyond.push(moved(rings, 360));
    }
    f.geometry = { type: "MultiPolygon", coordinates: out };
  }
  found.features.push({ type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: beyond } });
  return found;
}

async function outline(which) {
  if (!outlines[which]) {
    const file = await fetch(given.files[which], { credentials: "same-origin" });
    if (!file.ok) throw new Error(`The outlines could not be read (${file.status}).`);
    const topology = await file.json();
    outlines[which] = unwrapped(topojson.feature(topology, topology.objects.countries));
  }
  if (land?.which === which) return;
  land?.remove();
  land = L.geoJSON(outlines[which], groundStyle()).addTo(map);
  land.which = which;
}

const graticule = L.layerGroup().addTo(map);
const labels = L.layerGroup().addTo(map);
const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];

function label(lat, lon, text, kind) {
  return L.marker([lat, lon], { pane: "labels", interactive: false, keyboard: false, icon: L.divIcon({ className: `mp-label ${kind}`, iconSize: [0, 0], html: el("span", {}, text) }) });
}

const degrees = (value, plus, minus) => `${Math.abs(Math.round(value * 10) / 10)}°${value > 0 ? plus : value < 0 ? minus : ""}`;

function drawGraticule() {
  graticule.clearLayers();
  const b = map.getBounds();
  const step = STEPS.find((s) => (b.getEast() - b.getWest()) / s >= 5) ?? STEPS.at(-1);
  const style = { renderer: ground, pane: "outline", interactive: false, color: colour("--grat"), weight: 0.8 };
  const [south, north] = [Math.max(-84, b.getSouth()), Math.min(84, b.getNorth())];
  const edge = map.containerPointToLatLng([26, map.getSize().y - 9]);
  for (let lon = Math.ceil(b.getWest() / step) * step; lon <= b.getEast(); lon += step) {
    graticule.addLayer(L.polyline([[south, lon], [north, lon]], style));
    const round = ((((lon + 180) % 360) + 360) % 360) - 180;
    if (lon > edge.lng + step * 0.9) graticule.addLayer(label(edge.lat, lon, degrees(round, "E", "W"), "grat"));
  }
  for (let lat = Math.ceil(south / step) * step; lat <= north; lat += step) {
    graticule.addLayer(L.polyline([[lat, b.getWest()], [lat, b.getEast()]], style));
    if (map.latLngToContainerPoint([lat, 0]).y < map.getSize().y - 50) graticule.addLayer(label(lat, edge.lng, degrees(lat, "N", "S"), "grat"));
  }
}

const pixelsPerKm = (lat) => 1 / ((40075.017 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom()));

let around = { sites: [], countries: [] };
const sites = L.layerGroup();
let townsAsked = null;

// Labels are set largest first; one that would cover another is left out
class Room {
  constructor() {
    this.taken = [];
  }

  free(lat, lon, text, { dx = 0, centred = true } = {}) {
    const p = map.latLngToContainerPoint([lat, lon]);
    const w = text.length * 7 + 6;
    const x = p.x + dx - (centred ? w / 2 : 0);
    const box = [x, p.y - 8, x + w, p.y + 8];
    const size = map.getSize();
    if (box[2] < 0 || box[0] > size.x || p.y < 0 || p.y > size.y) return false;
    if (this.taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) return false;
    this.taken.push(box);
    return true;
  }
}

function drawLabels() {
  labels.clearLayers();
  sites.clearLayers();
  const zoom = map.getZoom();
  const b = map.getBounds().pad(0.05);
  const room = new Room();
  const size = map.getSize();
  room.taken.push([0, 0, 48, size.y], [0, size.y - 50, 140, size.y], [0, size.y - 20, size.x, size.y]); // degrees and the scale
  for (const m of shownMarkers()) {
    const p = map.latLngToContainerPoint(m.getLatLng());
    room.taken.push([p.x - 14, p.y - 14, p.x + 14, p.y + 14]);
  }
  if (zoom >= 4.5) {
    for (const m of shownMarkers()) {
      const s = m.spot;
      if (s && room.free(s.lat, s.lon, s.name, { dx: 15, centred: false })) labels.addLayer(label(s.lat, m.getLatLng().lng, s.name, "place"));
    }
  }
  if (zoom >= 4 && map.hasLayer(tracks)) {
    for (const t of shown?.tracks ?? []) {
      const words = `${t.satellite}, ${t.at_words.slice(-12, -7)} UTC, ${Math.round(t.off_nadir_deg)}° off nadir`;
      if (room.free(t.below[0], t.below[1], words, { dx: 10, centred: false })) labels.addLayer(label(t.below[0], t.below[1], words, "track"));
    }
  }
  for (const [name, lat, lon, radius] of around.countries) {
    const wide = radius * pixelsPerKm(lat);
    if (wide < name.length * 3.6 || wide > 900 || !b.contains([lat, lon])) continue;
    if (room.free(lat, lon, name)) labels.addLayer(label(lat, lon, name, "country"));
  }
  if (zoom >= 5) {
    for (const s of around.sites) {
      if (!b.contains([s.lat, s.lon])) continue;
      const p = map.latLngToContainerPoint([s.lat, s.lon]);
      if (shownMarkers().some((m) => map.latLngToContainerPoint(m.getLatLng()).distanceTo(p) < 14)) continue;
      const mark = L.marker([s.lat, s.lon], { pane: "sites", icon: L.divIcon({ className: "mp-sitemark", iconSize: [10, 10], html: el("span", { class: "mp-site" }) }), keyboard: false, title: `${s.name}, ${s.kind}` });
      mark.bindTooltip(el("span", {}, el("strong", {}, s.name), el("br"), `${s.kind}. ${s.source}`), { direction: "top" });
      sites.addLayer(mark);
      if (zoom >= 6 && room.free(s.lat, s.lon, s.name, { dx: 9, centred: false })) labels.addLayer(label(s.lat, s.lon, s.name, "side"));
    }
  }
  if (zoom >= 5) towns(room, b);
}

async function towns(room, b) {
  townsAsked?.abort();
  townsAsked = new AbortController();
  const clip = (x, most) => Math.max(-most, Math.min(most, x)).toFixed(2);
  const box = new URLSearchParams({ south: clip(b.getSouth(), 90), west: clip(b.getWest(), 180), north: clip(b.getNorth(), 90), east: clip(b.getEast(), 180) });
  try {
    const found = await get(`/api/v1/map/towns?${box}`, { signal: townsAsked.signal });
    for (const [name, lat, lon] of found.items) {
      if (room.free(lat, lon, name, { dx: 9, centred: false })) labels.addLayer(label(lat, lon, name, "side town"));
    }
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error); // a map without towns is still a map
  }
}

// ------------------------------------------------------------------ places

const cluster = L.markerClusterGroup({
  maxClusterRadius: 34, showCoverageOnHover: false, spiderfyOnMaxZoom: true, zoomToBoundsOnClick: true, animate: false, chunkedLoading: false,
  iconCreateFunction: (c) => icon(c.getAllChildMarkers().reduce((n, m) => n + m.spot.count, 0), c.getAllChildMarkers().every((m) => m.spot.radius_km > 30)),
}).addTo(map);
const rings = L.layerGroup().addTo(map);
const routes = L.layerGroup().addTo(map);
const tracks = L.layerGroup().addTo(map);
let markers = new Map();
let chosen = null;

function icon(count, vague) {
  const size = Math.round(18 + Math.min(22, 5.5 * Math.log2(count)));
  return L.divIcon({ className: `mp-mark${vague ? " vague" : ""}`, iconSize: [size, size], html: el("span", {}, count > 999 ? `${Math.round(count / 1000)}k` : String(count)) });
}
const placeKey = (p) => `${p.lat},${p.lon}`;
const shownMarkers = () => [...markers.values()].filter((m) => cluster.getVisibleParent(m) === m && map.getBounds().contains(m.getLatLng()));

function drawPlaces(found) {
  cluster.clearLayers();
  markers = new Map();
  for (const spot of found) {
    const words = `${spot.name}: ${many(spot.count, "event")}, ${spot.when}`;
    const m = L.marker([spot.lat, spot.lon], { icon: icon(spot.count, spot.radius_km > 30), title: words, alt: words, riseOnHover: true });
    m.spot = spot;
    m.on("keypress", (event) => event.originalEvent.key === "Enter" && m.fire("click"));
    m.on("click", () => choose(placeKey(spot), { fly: false, list: true }));
    markers.set(placeKey(spot), m);
  }
  cluster.addLayers([...markers.values()]);
}

function drawRings() {
  rings.clearLayers();
  const size = map.getSize();
  const most = Math.min(size.x, size.y) * 0.45;
  for (const m of markers.values()) {
    const { lat, lon, radius_km: km } = m.spot;
    const pixels = km * pixelsPerKm(lat);
    const mine = placeKey(m.spot) === chosen;
    if (km <= 0 || pixels < 9 || (pixels > most && !mine) || (km > 300 && !mine)) continue;
    rings.addLayer(L.circle([lat, lon], { radius: km * 1000, renderer: vectors, pane: "lines", interactive: false, fill: mine, fillOpacity: 0.06, color: colour("--c-blue"), weight: mine ? 2 : 1, dashArray: "4 5" }));
  }
}

// ------------------------------------------------------------------ routes: great circles, since the course between is not told

function arc(a, z, steps = 48) {
  const rad = Math.PI / 180;
  const v = ([lat, lon]) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)];
  const [p, q] = [v(a), v(z)];
  const angle = Math.acos(Math.min(1, Math.max(-1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2])));
  if (angle < 1e-6) return [a, z];
  const out = [];
  let before = a[1];
  for (let n = 0; n <= steps; n++) {
    const [s, t] = [Math.sin(angle * (1 - n / steps)) / Math.sin(angle), Math.sin(angle * (n / steps)) / Math.sin(angle)];
    const [x, y, w] = [0, 1, 2].map((i) => s * p[i] + t * q[i]);
    let lon = Math.atan2(y, x) / rad;
    while (lon - before > 180) lon -= 360;
    while (lon - before < -180) lon += 360;
    before = lon;
    out.push([Math.atan2(w, Math.hypot(x, y)) / rad, lon]);
  }
  return out;
}

const DASH = { sea: "12 7", air: "1 7", unknown: "5 5" };

function drawRoutes(found) {
  routes.clearLayers();
  const named = new Set(); // several transfers may go the same way
  const line = { renderer: vectors, pane: "lines", lineCap: "butt" };
  for (const r of found) {
    r.bounds = L.latLngBounds([]);
    for (const leg of r.legs) {
      const tip = el("span", {}, el("strong", {}, r.transfer.title), el("br"), `${leg.words}. ${r.transfer.when}`);
      for (const e of [leg.start, leg.end]) if (e) r.bounds.extend([e.lat, e.lon]);
      if (leg.start && leg.end) {
        const path = arc([leg.start.lat, leg.start.lon], [leg.end.lat, leg.end.lon]);
        const main = L.polyline(path, { ...line, color: colour("--c-orange"), weight: leg.mode === "unknown" ? 2 : 4, dashArray: DASH[leg.mode] ?? null, lineCap: leg.mode === "air" ? "round" : "butt" });
        routes.addLayer(main.bindTooltip(tip, { sticky: true }));
        if (leg.mode === "rail") routes.addLayer(L.polyline(path, { ...line, interactive: false, color: colour("--panel"), weight: 2, dashArray: "6 6" }));
        const middle = path[Math.floor(path.length / 2)];
        const spot = `${middle} ${leg.mode}`;
        if (leg.mode !== "unknown" && !named.has(spot)) routes.addLayer(label(middle[0], middle[1], leg.mode, "leg"));
        named.add(spot);
        for (const e of [leg.start, leg.end]) routes.addLayer(dot(e, tip));
      } else {
        const e = leg.start ?? leg.end;
        routes.addLayer(dot(e, tip, true));
      }
    }
  }
}

const dot = (e, tip, open = false) =>
  L.circleMarker([e.lat, e.lon], { renderer: vectors, pane: "lines", radius: open ? 9 : 5, color: colour("--c-orange"), weight: 2.5, dashArray: open ? "3 3" : null, fillColor: colour("--panel"), fillOpacity: open ? 0.3 : 1 }).bindTooltip(tip);

// ------------------------------------------------------------------ ground tracks

function drawTracks(found) {
  tracks.clearLayers();
  const line = { renderer: vectors, pane: "lines" };
  for (const t of found) {
    const path = [];
    let before = t.points[0][1];
    for (const [lat, lon] of t.points) {
      let x = lon;
      while (x - before > 180) x -= 360;
      while (x - before < -180) x += 360;
      before = x;
      path.push([lat, x]);
    }
    const tip = el("span", {}, el("strong", {}, `${t.satellite} over ${t.place}`), el("br"), `${t.at_words}: ${Math.round(t.elevation_deg)}° above the horizon, ${Math.round(t.off_nadir_deg)}° off nadir. ${t.verdict}`);
    tracks.addLayer(L.polyline(path, { ...line, color: colour("--c-purple"), weight: 2 }).bindTooltip(tip, { sticky: true }));
    const seen = { ...line, color: colour("--c-purple"), weight: 1.5, dashArray: "2 4" };
    tracks.addLayer(L.polyline([t.below, [t.lat, t.lon]], seen).bindTooltip(tip, { sticky: true }));
    tracks.addLayer(L.circleMarker(t.below, { ...line, radius: 4, color: colour("--c-purple"), fillColor: colour("--c-purple"), fillOpacity: 1 }).bindTooltip(tip));
    tracks.addLayer(L.circleMarker([t.lat, t.lon], { ...line, radius: 5, color: colour("--c-purple"), fillColor: colour("--panel"), fillOpacity: 1, weight: 2 }).bindTooltip(tip));
    // an arrow head where it goes
    const [a, z] = path.slice(-2);
    const end = map.project(z, 4);
    const angle = Math.atan2(end.y - map.project(a, 4).y, end.x - map.project(a, 4).x);
    t.arrow = { at: z, angle };
  }
  tracks.found = found;
  drawArrows();
}

const arrows = L.layerGroup().addTo(map);
function drawArrows() {
  arrows.clearLayers();
  if (!map.hasLayer(tracks)) return;
  for (const t of tracks.found ?? []) {
    const p = map.latLngToLayerPoint(t.arrow.at);
    const wing = (turn) => map.layerPointToLatLng([p.x - 10 * Math.cos(t.arrow.angle + turn), p.y - 10 * Math.sin(t.arrow.angle + turn)]);
    arrows.addLayer(L.polyline([wing(0.45), t.arrow.at, wing(-0.45)], { renderer: vectors, pane: "lines", interactive: false, color: colour("--c-purple"), weight: 2 }));
  }
}

// ------------------------------------------------------------------ the list

function eventLine(e) {
  const words = { alleged: "alleged", denied: "denied", confirmed_by_actor: "confirmed by the actor" }[e.status];
  const told = { future: "expected", hypothetical: "possible", negated: "said not to have happened" }[e.modality];
  const said = [e.when, words, told].filter(Boolean).join(", ");
  return el("li", {}, el("a", { href: at(e.path) }, el("bdi", {}, e.title)), el("span", { class: "under" }, said));
}

function few(rows, most, what) {
  if (rows.length <= most) return rows;
  const more = el("button", { type: "button", onclick: () => holder.replaceWith(...rows.slice(most)) }, `Show ${many(rows.length - most, what)}`);
  const holder = rows[0].localName === "li" ? el("li", {}, more) : more;
  return [...rows.slice(0, most), holder];
}

function drawList(found) {
  const out = [];
  if (found.routes.length) {
    const rows = found.routes.map((r) => {
      const show = el("button", { type: "button", class: "quiet", "aria-label": `Show on the map: ${r.transfer.title}`, onclick: () => fly(r.bounds) }, "Show");
      return el("li", {}, el("a", { href: at(r.transfer.path) }, el("bdi", {}, r.transfer.title)), " ", el("span", { class: "soft small" }, r.transfer.when), show, ...r.legs.map((l) => el("span", { class: "under" }, l.words)));
    });
    out.push(el("h2", {}, "Routes"), el("ul", { class: "plain mp-routes" }, ...few(rows, 12, "more route")));
  }
  if (found.tracks.length) {
    out.push(el("h2", {}, "Passes of satellites"), el("ul", { class: "plain" }, ...found.tracks.map((t) => {
      const show = el("button", { type: "button", class: "quiet", "aria-label": `Show on the map: ${t.satellite} over ${t.place}`, onclick: () => fly(L.latLngBounds([t.below, [t.lat, t.lon]]).pad(1.5)) }, "Show");
      return el("li", {}, el("a", { href: at(t.path) }, `${t.satellite} over ${t.place}`), show,
        el("span", { class: "under" }, `${t.at_words}, ${Math.round(t.elevation_deg)}° high, ${Math.round(t.off_nadir_deg)}° off nadir; ${t.verdict}`));
    })));
  }
  out.push(el("h2", {}, "Places"));
  if (!found.places.length) out.push(el("p", { class: "soft" }, "No event with a place is like this."));
  out.push(...few(found.places.map(placeRow), LISTED, "more place"));
  list.replaceChildren(...out);
  const left = found.left_out ? `, of which ${found.places.length} with most events are drawn` : "";
  const without = found.unplaced ? `; ${many(found.unplaced, "event")} without a place on the map` : "";
  sum.textContent = `${many(found.events, "event")} at ${many(found.places.length + found.left_out, "place")}${left}${without}.`;
}

function placeRow(spot) {
  const about = spot.kind ? el("p", { class: "soft small" }, spot.radius_km > 1 ? `A ${spot.kind}: the spot may lie anywhere within some ${Math.round(spot.radius_km).toLocaleString("en")} km.` : `A ${spot.kind}.`) : null;
  const events = el("ul", { class: "plain" }, ...spot.events.map(eventLine));
  const row = el("details", { "data-place": placeKey(spot) }, el("summary", {}, el("bdi", {}, spot.name), el("span", { class: "n" }, many(spot.count, "event"))), about, events);
  row.addEventListener("toggle", async () => {
    if (!row.open) return;
    if (chosen !== placeKey(spot)) choose(placeKey(spot), { fly: true, list: false });
    if (spot.events.length >= spot.count) return;
    try {
      const all = await get(`/api/v1/map/place?${new URLSearchParams({ ...query, lat: spot.lat, lon: spot.lon })}`);
      events.replaceChildren(...all.items.map(eventLine));
      if (all.total > all.items.length) events.append(el("li", { class: "soft" }, `and ${all.total - all.items.length} more`));
      spot.events = all.items;
      spot.count = all.total;
    } catch (error) {
      events.append(el("li", { class: "warn" }, error.message));
    }
  });
  return row;
}

const fly = (bounds) => map.fitBounds(bounds.pad(0.3), { maxZoom: 7, animate: map.options.zoomAnimation });

function choose(id, { fly: go, list: scroll }) {
  const before = chosen;
  chosen = id;
  const m = markers.get(id);
  if (!m) return;
  if (before && before !== id) list.querySelector(`details[data-place="${before}"]`)?.removeAttribute("open");
  if (go) map.setView(m.getLatLng(), Math.max(map.getZoom(), m.spot.radius_km > 300 ? 3.5 : 5));
  const row = list.querySelector(`details[data-place="${id}"]`);
  if (row && scroll) {
    row.open = true;
    const side = document.getElementById("mp-side");
    if (side.scrollHeight > side.clientHeight) side.scrollTop = row.offsetTop - side.offsetTop - 40;
  }
  light();
  drawRings();
  say(`${m.spot.name}, ${many(m.spot.count, "event")}.`);
}

function light() {
  for (const n of place.querySelectorAll(".mp-mark.chosen")) n.classList.remove("chosen");
  const m = chosen && markers.get(chosen);
  const seen = m && cluster.getVisibleParent(m);
  (seen?._icon ?? seen?.getElement?.())?.classList.add("chosen");
}

// ------------------------------------------------------------------ the time

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const asMonth = (n) => `${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}`;
const asNumber = (text) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7) || 1) - 1;
const inWords = (n) => `${MONTHS[n % 12]} ${Math.floor(n / 12)}`;

function time() {
  const box = document.getElementById("mp-time");
  if (!box || !given.months) return;
  const [low, high] = given.months.map(asNumber);
  if (high <= low) return;
  const from = document.getElementById("mp-from");
  const to = document.getElementById("mp-to");
  for (const [input, value] of [[from, query.since ? asNumber(query.since) : low], [to, query.until ? asNumber(query.until.length === 4 ? `${query.until}-12` : query.until) : high]]) {
    input.max = String(high - low);
    input.value = String(Math.min(high, Math.max(low, value)) - low);
  }
  const told = () => {
    for (const input of [from, to]) {
      const words = inWords(low + Number(input.value));
      document.getElementById(`${input.id}-said`).textContent = words;
      input.setAttribute("aria-valuetext", words);
    }
  };
  let soon = null;
  const changed = (mover, other, keep) => {
    if (keep(Number(mover.value), Number(other.value))) other.value = mover.value;
    told();
    clearTimeout(soon);
    soon = setTimeout(() => {
      const [a, z] = [Number(from.value), Number(to.value)];
      delete query.since;
      delete query.until;
      if (a > 0) query.since = asMonth(low + a);
      if (z < high - low) query.until = asMonth(low + z);
      for (const n of ["since", "until"]) {
        const field = document.getElementById(`f-${n}`);
        if (field) field.value = query[n] ?? "";
      }
      const words = new URLSearchParams(query).toString();
      history.replaceState(null, "", words ? `?${words}` : location.pathname);
      load();
    }, 180);
  };
  from.addEventListener("input", () => changed(from, to, (a, z) => a > z));
  to.addEventListener("input", () => changed(to, from, (z, a) => z < a));
  told();
  box.hidden = false;
}

// ------------------------------------------------------------------ begin

let asking = null;
let opened = false;
let shown = null;

async function load() {
  asking?.abort();
  const mine = (asking = new AbortController());
  place.setAttribute("aria-busy", "true");
  try {
    const found = await get(`/api/v1/map?${new URLSearchParams(query)}`, { signal: mine.signal });
    document.getElementById("mp-fault")?.remove();
    shown = found;
    drawPlaces(found.places);
    drawRoutes(found.routes);
    drawTracks(found.tracks);
    drawList(found);
    if (!opened) begin(found);
    refresh();
    place.removeAttribute("aria-busy");
    place.dataset.ready = "yes";
  } catch (error) {
    if (error.name === "AbortError") return;
    place.removeAttribute("aria-busy");
    document.getElementById("mp-fault")?.remove();
    place.before(el("div", { class: "state fault", id: "mp-fault", role: "alert" }, el("p", {}, error.message), el("p", {}, el("button", { type: "button", onclick: load }, "Try again"))));
    if (!error.type) throw error;
  }
}

// the first view: where most events are, not the whole world for one far away
function begin(found) {
  opened = true;
  const bounds = L.latLngBounds([]);
  const total = found.places.reduce((n, p) => n + p.count, 0);
  let seen = 0;
  for (const p of found.places) {
    if (seen > total * 0.95) break;
    bounds.extend([p.lat, p.lon]);
    seen += p.count;
  }
  for (const r of found.routes) if (r.bounds?.isValid()) bounds.extend(r.bounds);
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.1), { maxZoom: 6, animate: false });
  else map.setView([30, 40], 2, { animate: false });
}

function refresh() {
  drawGraticule();
  drawRings();
  drawLabels();
  drawArrows();
  light();
  if (map.getZoom() >= 3.5) outline("fine").catch((error) => console.warn(error));
}

function recolour() {
  land?.setStyle(groundStyle());
  for (const [layer, draw] of [[routes, () => drawRoutes(shown.routes)], [tracks, () => drawTracks(shown.tracks)]]) if (map.hasLayer(layer) && shown) draw();
  refresh();
}

map.setView([30, 40], 2, { animate: false });
map.on("moveend", () => opened && refresh());
cluster.on("animationend spiderfied unspiderfied", light);
L.control.layers(null, { Events: cluster, Routes: routes, "Passes of satellites": tracks, "Known sites": sites, Graticule: graticule }, { collapsed: true, position: "topright" }).addTo(map);
sites.addTo(map);
map.on("overlayadd overlayremove", () => {
  drawArrows();
  drawLabels();
});
document.addEventListener("crossfix:theme", recolour);
addEventListener("beforeprint", () => map.invalidateSize({ animate: false }));
addEventListener("afterprint", () => map.invalidateSize({ animate: false }));
key("+", "Zoom in", () => map.zoomIn(1));
key("=", "Zoom in", () => map.zoomIn(1));
key("-", "Zoom out", () => map.zoomOut(1));
key("Home", "Where most of it is", () => {
  opened = false;
  load();
});
for (const [name, x, y] of [["ArrowLeft", -120, 0], ["ArrowRight", 120, 0]]) key(name, name === "ArrowLeft" ? "West" : "East", () => map.panBy([x, y], { animate: false }));

function step(by) {
  const rows = [...list.querySelectorAll("details[data-place]")];
  if (!rows.length) return;
  const here = rows.findIndex((r) => r.dataset.place === chosen);
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))];
  next.open = true;
  next.querySelector("summary").focus();
}
key("j", "Next place", () => step(1));
key("k", "Place before", () => step(-1));
time();
get("/api/v1/map/around").then((found) => {
  around = found;
  if (opened) drawLabels();
}).catch((error) => console.warn(error));
outline("coarse").catch((error) => say(error.message)).then(load);
