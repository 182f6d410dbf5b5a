/* [data-toast] goes after eight seconds, and waits while it is pointed at or has the focus. */
const LIFE = 8000;
const known = new WeakSet();

function live(toast) {
  if (known.has(toast)) return;
  known.add(toast);
  let timer;
  const wait = () => clearTimeout(timer);
  const go = () => {
    wait();
    timer = setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), LIFE);
  };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, wait);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, go);
  go();
}

const look = () => document.querySelectorAll("[data-toast]").forEach(live);
document.addEventListener("htmx:load", look);
look();
