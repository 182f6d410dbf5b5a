/* The bar says whether what was typed has reached the server. What failed waits for "Retry". */
const failed = new Set();
let pending = 0;

const saves = ({ elt, requestConfig }) => requestConfig?.verb !== "get" && !elt.closest("[data-quiet]");

function show(state) {
  const place = document.querySelector("[data-save-state]");
  if (!place) return;
  for (const part of place.children) part.hidden = part.dataset.when !== state;
  const { region, timeZone } = place.dataset;
  const now = new Date().toLocaleTimeString(region, { timeStyle: "short", timeZone });
  place.querySelector("time").textContent = now;
}

function waiting() {
  for (const elt of failed) if (!elt.isConnected) failed.delete(elt);
  dispatchEvent(new CustomEvent("clave:waiting", { detail: failed.size }));
  return failed.size;
}

function retry() {
  for (const elt of [...failed]) elt.matches("form") ? elt.requestSubmit() : elt.click();
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!saves(detail)) return;
  pending += 1;
  failed.delete(detail.elt);
  show("busy");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!saves(detail)) return;
  pending -= 1;
  const refused = [409, 422].includes(detail.xhr.status); /* the row itself says why */
  if (!detail.successful && !refused) failed.add(detail.elt);
  if (pending > 0) return;
  show(waiting() ? "bad" : refused ? "" : "saved");
});

document.addEventListener("click", ({ target }) => target.closest("[data-retry]") && retry());
addEventListener("online", retry);
addEventListener("beforeunload", (event) => waiting() && event.preventDefault());
