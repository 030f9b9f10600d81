// Uploads with progress. Without this script the form works as well; the page is then loaded again to see how far it is.

import { at, el, get, post, say } from "./site.js";

const form = document.getElementById("add");
const files = document.getElementById("files");
const drop = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const problem = form.querySelector("[data-problem]");
const hint = chosen.textContent;
const place = document.getElementById("jobs");
const many = (n, one) => `${n.toLocaleString("en")} ${n === 1 ? one : one + "s"}`;

function told() {
  const all = [...files.files];
  chosen.textContent = all.length ? `${many(all.length, "file")}: ${all.slice(0, 4).map((f) => f.name).join(", ")}${all.length > 4 ? " …" : ""}` : hint;
}
files.addEventListener("change", told);
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      told();
    }
  });
}

function fail(error) {
  problem.hidden = false;
  problem.textContent = [error.message, error.advice].filter(Boolean).join(" ");
}

async function send(event, path, values) {
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  problem.hidden = true;
  try {
    await post(path, values);
    if (event.target === form) {
      form.reset();
      told();
    }
    watch();
  } catch (error) {
    fail(error);
  } finally {
    if (button) button.disabled = false;
  }
}
form.addEventListener("submit", (event) => send(event, "/add", new FormData(form)));
document.getElementById("run-checks").addEventListener("submit", (event) => send(event, "/add/check", {}));

const VERDICTS = { contradicted: "contradicted", tension: "in tension", unknown: "not decided", supported: "supported" };
const STEPS = {
  waiting: "waits for its turn", reading: "reading", linking: "linking what is new", checking: "checking",
  done: "done", failed: "failed", stopped: "stopped; what was read until then is kept",
};

function drawn(job) {
  const box = el("article", { class: "job panel", "data-state": job.state });
  const title = job.what === "check" ? "Checks over the whole record" : many(job.files, "file");
  const far = job.total && !job.ended ? `, ${job.done} of ${job.total}` : "";
  box.append(el("p", {}, el("strong", {}, title), el("span", { class: "soft" }, ` ${STEPS[job.state]}${far}`)));
  if (!job.ended) {
    const bar = el("progress", { "aria-label": "Progress", max: String(job.total || 1) });
    if (job.total) bar.value = job.done;
    box.append(bar);
  }
  const counts = [];
  if (job.what === "add") {
    counts.push(`${job.new} new`);
    if (job.known) counts.push(`${job.known} already there`);
    if (job.failed) counts.push(`${job.failed} not read`);
    if (job.new) counts.push(many(job.claims, "claim"), many(job.events, "event"), many(job.transfers, "transfer"));
  }
  if (counts.length) box.append(el("p", { class: "small" }, counts.join(", ")));
  const joined = Object.entries(job.linked).filter(([, n]) => n).map(([name, n]) => many(n, name.replace(/s$/, "")));
  if (joined.length) box.append(el("p", { class: "small soft" }, `After joining what is the same: ${joined.join(", ")} more in the record`));
  if (job.checked.verdicts) {
    const found = Object.entries(job.checked.verdicts).map(([verdict, n]) => `${n} ${VERDICTS[verdict]}`).join(", ");
    const fresh = job.checked.new ? `; ${job.checked.new} of them new` : "; none of them new";
    box.append(el("p", { class: "small" }, found ? `Findings over the whole record: ${found}${fresh}` : "The checks found nothing to ask."));
    for (const line of job.checked.failures) box.append(el("p", { class: "small warn" }, line));
  }
  if (job.message) box.append(el("p", { class: "warn" }, job.message));
  const lines = el("ul", { class: "plain small" });
  const ordered = [...job.lines.filter((l) => l.result === "failed"), ...job.lines.filter((l) => l.result !== "failed").reverse()];
  for (const line of ordered.slice(0, 60)) {
    const name = line.document ? el("a", { href: at(`/documents/${line.document}`) }, line.file) : el("span", {}, line.file);
    const word = { new: "read", known: "already there", failed: "not read" }[line.result];
    lines.append(el("li", { class: line.result === "failed" ? "bad" : null }, name, el("span", { class: "soft" }, ` ${word}${line.message ? `: ${line.message}` : ""}`)));
  }
  const long = job.lines.length > 6;
  if (job.lines.length) box.append(long ? el("details", { open: job.failed > 0 }, el("summary", {}, "File by file"), lines) : lines);
  if (job.ended && job.new) box.append(el("p", {}, el("a", { href: at("/documents?sort=-added") }, "The documents that came in")));
  if (!job.ended) {
    const stop = el("button", { type: "button" }, "Stop");
    stop.addEventListener("click", async () => {
      const values = new FormData();
      values.set("job", job.id);
      try {
        await post("/add/stop", values);
      } catch (error) {
        fail(error);
      }
      watch();
    });
    box.append(el("p", {}, stop));
  }
  return box;
}

let timer = null;
const over = new Set();

async function watch() {
  clearTimeout(timer);
  let jobs;
  try {
    ({ jobs } = await get("/add/jobs"));
  } catch (error) {
    fail(error);
    timer = setTimeout(watch, 5000);
    return;
  }
  if (jobs.length) place.replaceChildren(...jobs.map(drawn));
  for (const job of jobs.filter((j) => j.ended && !over.has(j.id))) {
    over.add(job.id);
    say(`${job.what === "check" ? "The checks are" : many(job.files, "file")} ${STEPS[job.state]}.`);
  }
  if (jobs.some((j) => !j.ended)) timer = setTimeout(watch, 700);
}
watch();
