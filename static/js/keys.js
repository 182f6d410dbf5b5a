/* Keyboard: data-key="l" or data-key="g t" on a link or button is pressed by that key.
   J and K walk rows; a key on a control of the row at hand wins over the page's. Single letters
   rest inside fields, and altogether with <html data-keys="off">. */
const ROWS = "main .ledger > li, main .acts-list > li, main tbody tr";
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
let leader = 0;

function control(key, row) {
  const wanted = `[data-key="${CSS.escape(key)}"]`;
  return row?.querySelector(wanted) ?? document.querySelector(wanted);
}

function walk(step) {
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.indexOf(document.activeElement.closest(ROWS));
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  next?.querySelector("a[href], button, input:not([data-tick]), textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (document.documentElement.dataset.keys === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1) return;
  if (target.closest(FIELD) || document.querySelector("dialog[open]")) return;
  const letter = key.toLowerCase();
  const combined = Date.now() - leader < 1500;
  leader = letter === "g" && !combined ? Date.now() : 0;
  if (leader) return;
  if (!combined && (letter === "j" || letter === "k")) return walk(letter === "j" ? 1 : -1);
  const found = control(combined ? `g ${letter}` : letter, target.closest(ROWS));
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.click();
});
