// The reason for an act: written once beside the forms, sent with whichever is used.

/** Show the fields for a reason; without a script there are none, since nothing would carry them into a form. */
export function whys(root = document) {
  for (const box of root.querySelectorAll("[data-why-box]")) box.hidden = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!/\/review\/(act|undo)$/.test(form.action)) return;
  const said = document.querySelector("[data-why]")?.value.trim();
  if (!said || form.elements.why) return;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "why";
  field.value = said;
  form.append(field);
});

whys();
