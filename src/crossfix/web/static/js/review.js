// The queue and the list of acts by keys: a, r and u act on the row that j and k came to. list.js walks the rows.

import { key } from "./keys.js";
import { say } from "./site.js";
import "./why.js";

const rows = document.querySelector("[data-rows]");

function press(act, missing) {
  return () => {
    const row = rows?.querySelector("[aria-current]") ?? rows?.querySelector("li");
    const button = row?.querySelector(`[data-act=${act}]`);
    if (button) button.click();
    else say(missing);
  };
}

if (rows) {
  if (rows.querySelector("[data-act=accept]")) {
    key("a", "Accept", press("accept", "There is nothing to accept here"));
    key("r", "Reject", press("reject", "There is nothing to reject here"));
  }
  if (rows.querySelector("[data-act=undo]")) key("u", "Undo", press("undo", "There is nothing to undo here"));
  // after an act the page comes back at the row that follows
  const there = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const first = there?.querySelector("[data-open]") ?? null;
  first?.focus({ preventScroll: true });
  there?.scrollIntoView({ block: "nearest" });
}
