// What every page has: the theme's switch, keys, and help for the pages' own scripts.

import { key } from "./keys.js";

const page = document.documentElement;

/** The address of a path of this site, also behind a proxy. */
export const at = (path) => (page.dataset.root ?? "") + path;

/** The data in <script type="application/json" id="...">. */
export const data = (id) => JSON.parse(document.getElementById(id).textContent);

/** An error as the API tells it: its message and advice in words, type and status for the program. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? `The site answered ${status}.`);
    this.status = status;
    this.type = error?.type ?? "Unknown";
    this.advice = error?.advice ?? null;
    this.current = error?.current ?? null;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(at(path), { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { type: "Unreachable", message: "The site does not answer.", advice: "Is crossfix serve still running?" });
  }
  const body = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
  if (!answer.ok) throw new ApiError(answer.status, body?.error);
  return body;
}

/** JSON of a path, say "/api/v1/events?limit=50". */
export const get = (path, options = {}) => ask(path, { headers: { Accept: "application/json" }, ...options });

/** Send a change: values as JSON, or a FormData. Carries the page's form token. */
export function post(path, values = {}, options = {}) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { Accept: "application/json", "X-CSRF-Token": token };
  const form = values instanceof FormData;
  if (!form) headers["Content-Type"] = "application/json";
  return ask(path, { method: "POST", headers, body: form ? values : JSON.stringify(values), ...options });
}

/** An element: el("a", {href, class: "cite"}, "words", child). Text is text, never markup. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) {
    if (v === null || v === undefined || v === false) continue;
    if (k.startsWith("on")) made.addEventListener(k.slice(2), v);
    else made.setAttribute(k, v === true ? "" : v);
  }
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

/** Say something to those who hear the page. */
export function say(words) {
  const place = document.getElementById("said");
  place.textContent = "";
  requestAnimationFrame(() => (place.textContent = words));
}

/** What is kept in this browser; null where it keeps nothing. */
export const kept = {
  get(name) {
    try {
      return JSON.parse(localStorage.getItem(`crossfix-${name}`));
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`crossfix-${name}`, JSON.stringify(value));
    } catch { /* private windows may keep nothing; the page works without */ }
  },
};

// ------------------------------------------------------------------ the theme

const THEMES = ["system", "light", "dark"];
const WORDS = { system: "as the system", light: "light", dark: "dark" };

export const dark = () =>
  page.dataset.theme === "dark" || (page.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

function theme(name) {
  if (name === "system") delete page.dataset.theme;
  else page.dataset.theme = name;
  try {
    localStorage.setItem("crossfix-theme", name);
  } catch { /* then it holds for this page */ }
  for (const s of document.querySelectorAll("[data-theme-switch]")) s.textContent = `Theme: ${WORDS[name]}`;
  document.dispatchEvent(new CustomEvent("crossfix:theme"));
}

function nextTheme() {
  const now = page.dataset.theme ?? "system";
  theme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
  say(`Theme: ${WORDS[page.dataset.theme ?? "system"]}`);
}

for (const s of document.querySelectorAll("[data-theme-switch]")) {
  s.hidden = false;
  s.textContent = `Theme: ${WORDS[page.dataset.theme ?? "system"]}`;
  s.addEventListener("click", nextTheme);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
  document.dispatchEvent(new CustomEvent("crossfix:theme")),
);

// ------------------------------------------------------------------ keys

const find = document.getElementById("find");
if (find) key("/", "Search", () => find.focus(), "Everywhere");
key("T", "Light, dark or as the system", nextTheme, "Everywhere");
for (const link of document.querySelectorAll("a[data-go]")) {
  key(`g ${link.dataset.go}`, link.textContent.trim(), () => link.click(), "Go to");
}
