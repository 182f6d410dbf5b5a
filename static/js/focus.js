/* [data-take-focus] is where reading goes on after an answer: a summary of errors, a new row. */
function take(root) {
  const place = root.matches?.("[data-take-focus]") ? root : root.querySelector("[data-take-focus]");
  place?.focus();
}
document.addEventListener("htmx:load", ({ target }) => take(target));
take(document);
