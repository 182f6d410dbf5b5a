/* form[data-theme-toggle]: light or dark at once, kept by the server behind. Works without us too. */
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-theme-toggle]");
  if (!form) return;
  event.preventDefault();
  const now = root.dataset.theme || (dark.matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  const body = new FormData(form);
  body.set("theme", root.dataset.theme);
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});
