// Keys of the site. A page adds its own: key("j", "Next claim", () => ...). "?" lists them all.

const known = new Map(); // "j" or "g t" -> {what, run, group}
let first = null; // the first key of a pair, for a moment
let dialog = null;

const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]";

/** Make a key do something. `combination` is one key, or two with a space between ("g t"). */
export function key(combination, what, run, group = "This page") {
  known.set(combination, { what, run, group });
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target instanceof Element && event.target.matches(TYPING);
  if (event.key === "Escape" && typing) {
    event.target.blur();
    return;
  }
  if (typing || document.querySelector("dialog[open]")) return;
  const combination = first === null ? event.key : `${first} ${event.key}`;
  const found = known.get(combination);
  clearTimeout(pressed.timer);
  first = null;
  if (found) {
    event.preventDefault();
    found.run(event);
    return;
  }
  if ([...known.keys()].some((k) => k.startsWith(`${combination} `))) {
    first = combination;
    pressed.timer = setTimeout(() => (first = null), 1200);
  }
}

function list() {
  if (dialog === null) {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    document.body.append(dialog);
  }
  dialog.replaceChildren();
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = "Keys";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  const groups = Map.groupBy ? Map.groupBy(known, ([, k]) => k.group) : grouped();
  dialog.append(title);
  for (const [group, keys] of groups) {
    const head = document.createElement("h3");
    head.textContent = group;
    const rows = document.createElement("dl");
    for (const [combination, k] of keys) {
      const term = document.createElement("dt");
      combination.split(" ").forEach((c, n) => {
        const cap = document.createElement("kbd");
        cap.textContent = c === "ArrowLeft" ? "←" : c === "ArrowRight" ? "→" : c;
        term.append(n ? " then " : "", cap);
      });
      const what = document.createElement("dd");
      what.textContent = k.what;
      rows.append(term, what);
    }
    dialog.append(head, rows);
  }
  dialog.append(close);
  dialog.showModal();
}

function grouped() {
  const out = new Map();
  for (const entry of known) out.set(entry[1].group, [...(out.get(entry[1].group) ?? []), entry]);
  return out;
}

document.addEventListener("keydown", pressed);
key("?", "This list", list, "Everywhere");
for (const opener of document.querySelectorAll("[data-keys-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", list);
}
