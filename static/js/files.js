/* [data-too-large]: files above the limits are named at once, and nothing of them is sent. */
const note = document.querySelector("[data-too-large]");
const form = note.closest("form");
const input = form.querySelector("input[type=file]");

const tooLarge = () => {
  const files = [...input.files];
  const alone = files.filter((file) => file.size > Number(note.dataset.tooLarge));
  const together = files.reduce((sum, file) => sum + file.size, 0);
  if (alone.length) return alone;
  return together > Number(note.dataset.together) ? files : [];
};

const say = () => {
  const found = tooLarge();
  note.hidden = !found.length;
  note.querySelector("b").textContent = found.map((file) => file.name).join(", ");
  input.setAttribute("aria-invalid", String(Boolean(found.length)));
  return found.length;
};

input.addEventListener("change", say);
form.addEventListener("submit", (event) => {
  if (!say()) return;
  event.preventDefault();
  input.focus();
});
