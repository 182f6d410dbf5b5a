/* textarea.ed in a form.ed-form: saved when it is left or at Enter, Esc brings the old text back.
   `seen` tells the server which text the reader had before them: it is what stood there at focus,
   or what we sent last, never what a neighbour's save refreshed meanwhile. */
const base = new WeakMap();
const sent = new WeakMap();
const fieldOf = (form) => form.querySelector("textarea.ed");
const editor = (node) => (node instanceof Element ? node.closest("textarea.ed") : null);
const inline = (node) => node.matches?.("form.ed-form") && fieldOf(node);

function fit(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

document.addEventListener("focusin", ({ target }) => {
  const field = editor(target);
  if (!field?.form || "unsaved" in field.form.dataset) return;
  base.set(field, field.form.elements.seen.value);
});

document.addEventListener("focusout", ({ target }) => {
  const field = editor(target);
  if (!field?.form || field.value === base.get(field)) return;
  field.form.dataset.unsaved = "";
  field.form.requestSubmit();
});

document.addEventListener("input", ({ target }) => editor(target) && fit(target));

document.addEventListener("keydown", (event) => {
  const field = editor(event.target);
  if (!field || event.isComposing) return;
  const lines = "lines" in field.dataset && !(event.ctrlKey || event.metaKey);
  if (event.key === "Enter" && !event.shiftKey && !lines) {
    event.preventDefault();
    field.blur();
  } else if (event.key === "Escape") {
    field.value = base.get(field) ?? field.value;
    delete field.form.dataset.unsaved;
    fit(field);
    field.blur();
  }
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const field = inline(detail.elt);
  if (!field) return;
  sent.set(field, field.value);
  if (base.has(field)) detail.formData.set("seen", base.get(field));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const field = inline(detail.requestConfig.elt);
  if (!field || !detail.shouldSwap) return;
  if (detail.xhr.status < 300) base.set(field, sent.get(field));
  if (detail.xhr.status > 300 || field.value === sent.get(field)) delete field.form.dataset.unsaved;
});

document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll("textarea.ed").forEach(fit));
