/* data-open="id" and data-close move dialogs; one that arrives with data-show-modal opens itself. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog && !dialog.open) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    event.target.closest("dialog")?.close();
  }
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  const palette = document.getElementById("palette");
  if (!palette) return;
  event.preventDefault();
  palette.open ? palette.close() : palette.showModal();
});

document.addEventListener("htmx:load", ({ target }) => {
  const arrived = target.matches("dialog[data-show-modal]")
    ? target
    : target.querySelector("dialog[data-show-modal]");
  if (!arrived || arrived.open) return;
  arrived.showModal();
  arrived.addEventListener("close", () => arrived.remove());
});

/* An answer that is no longer refused closes the dialog it was sent from. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt, xhr } = detail;
  if (xhr.status < 300 && elt.matches("form[data-close-after]")) elt.closest("dialog")?.close();
});
