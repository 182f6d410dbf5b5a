/* [data-tick] rows of a list: [data-tick-page] ticks all of the page, Shift all between two ticks,
   [data-tick-every] all that the filter shows; [data-tick-count] says how many. */
const rows = () => [...document.querySelectorAll("[data-tick]")];
let last = null;

function tell() {
  const boxes = rows();
  const ticked = boxes.filter((box) => box.checked).length;
  const every = document.querySelector("[data-tick-every]");
  const page = document.querySelector("[data-tick-page]");
  const count = document.querySelector("[data-tick-count] b");
  if (!page || !count) return;
  count.textContent = every?.checked ? every.dataset.tickEvery : ticked;
  page.checked = boxes.length > 0 && ticked === boxes.length;
  page.indeterminate = ticked > 0 && ticked < boxes.length;
}

document.addEventListener("click", ({ target, shiftKey }) => {
  if (!target.matches?.("[data-tick]")) return;
  const boxes = rows();
  if (shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
    for (const box of boxes.slice(from, to + 1)) box.checked = target.checked;
  }
  last = target;
  tell();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-page], [data-tick-every]")) {
    for (const box of rows()) box.checked = target.checked;
  } else if (target.matches("[data-tick]")) {
    const every = document.querySelector("[data-tick-every]");
    if (every && !target.checked) every.checked = false;
  } else return;
  if (target.matches("[data-tick-page]") && !target.checked) {
    const every = document.querySelector("[data-tick-every]");
    if (every) every.checked = false;
  }
  tell();
});

addEventListener("pageshow", tell);
