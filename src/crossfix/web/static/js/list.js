// Lists by keys: j and k walk the rows of a table or list marked data-rows, Enter opens what is marked data-open in the row.

import { key } from "./keys.js";

export function walk(root = document.querySelector("[data-rows]")) {
  if (!root) return;
  const rows = () => [...root.querySelectorAll("tbody > tr, :scope > li")].filter((r) => r.querySelector("[data-open]"));
  let here = -1;

  const go = (step) => {
    const all = rows();
    if (all.length === 0) return;
    all[here]?.removeAttribute("aria-current");
    here = Math.min(all.length - 1, Math.max(0, here + step));
    all[here].setAttribute("aria-current", "true");
    const link = all[here].querySelector("[data-open]");
    link.focus({ preventScroll: true });
    all[here].scrollIntoView({ block: "nearest" });
  };
  root.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr, li");
    const at = rows().indexOf(row);
    if (at < 0 || at === here) return;
    rows()[here]?.removeAttribute("aria-current");
    here = at;
    row.setAttribute("aria-current", "true");
  });
  key("j", "Next row", () => go(1));
  key("k", "Row before", () => go(-1));
  const next = document.querySelector('.pager [rel="next"]');
  if (next) key("n", "Next page", () => next.click());
}

walk();
