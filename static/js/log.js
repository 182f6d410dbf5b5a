/* The form of an interaction. Enter in [data-pick] ticks the first name found instead of sending,
   and waits where the list still answers older words; once nothing is typed it goes on to the note.
   Ctrl Enter in form[data-ctrl-enter] sends. */
let eager = null;

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key !== "Enter") return;
  const form = target.closest?.("form[data-ctrl-enter]");
  if (form && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]"));
  } else if (target.matches?.("[data-pick]")) {
    event.preventDefault();
    target.value.trim() ? pick(target) : form?.elements.note?.focus();
  }
});

function pick(input) {
  const list = document.getElementById(input.dataset.pick);
  const words = input.value.trim();
  eager = list?.dataset.words.trim() === words ? null : input;
  if (eager || !words) return;
  const first = list.querySelector("input[type=checkbox]:not(:checked)");
  if (!first) return;
  first.checked = true;
  input.value = "";
  first.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("htmx:load", ({ target }) => {
  if (eager && target.id === eager.dataset.pick) pick(eager);
});
