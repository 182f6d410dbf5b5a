/* The form of an interaction. Enter in [data-pick] ticks the first name found instead of sending;
   Ctrl Enter in form[data-ctrl-enter] sends. */
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key !== "Enter") return;
  const form = target.closest?.("form[data-ctrl-enter]");
  if (form && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]"));
  } else if (target.matches?.("[data-pick]")) {
    event.preventDefault();
    pick(target);
  }
});

function pick(input) {
  const list = document.getElementById(input.dataset.pick);
  const first = input.value.trim() && list?.querySelector("input[type=checkbox]:not(:checked)");
  if (!first) return;
  first.checked = true;
  input.value = "";
  first.dispatchEvent(new Event("change", { bubbles: true }));
}
