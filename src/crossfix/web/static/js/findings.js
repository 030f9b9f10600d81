// Findings: the address of one (#F...) opens it; "e" opens or folds all on the page.

import { key } from "./keys.js";

const findings = [...document.querySelectorAll("details.finding")];

function opened() {
  const wanted = findings.find((f) => `#${f.id}` === location.hash);
  if (!wanted) return;
  wanted.open = true;
  wanted.querySelector("summary").focus();
}

if (findings.length) {
  key("e", "Open or fold every finding", () => {
    const open = findings.some((f) => !f.open);
    for (const f of findings) f.open = open;
  });
  key("o", "Open or fold the finding", () => {
    const here = document.activeElement?.closest("details.finding") ?? findings[0];
    here.open = !here.open;
  });
}
window.addEventListener("hashchange", opened);
opened();
