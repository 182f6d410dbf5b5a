/* [data-presence] asks every ten seconds who else is here and whether something changed. It sends
   no cookies: a signed ticket says who asks. A change elsewhere refreshes [data-live] regions,
   morphed, so that what is being typed stays. */
const PAUSE = 10000;
const place = document.querySelector("[data-presence]");
let seen = "";
let known = Number(place?.dataset.revision);
let failures = 0;

const region = () => document.querySelector("[data-live]");
const busy = () => document.querySelector(".htmx-request, form[data-unsaved], [data-live] :is(.item-form, .cell-form)");

async function renew() {
  const answer = await fetch(place.dataset.renew);
  if (answer.ok && !answer.redirected) place.dataset.ticket = await answer.text();
  else failures = Infinity; /* signed out, or no longer allowed to look */
}

function refresh(revision) {
  if (revision <= known || busy()) return;
  known = revision;
  if (region()) htmx.trigger(region(), "changed-elsewhere");
}

async function ask() {
  const query = new URLSearchParams({ ticket: place.dataset.ticket, seen });
  const answer = await fetch(`${place.dataset.presence}?${query}`, { credentials: "omit" });
  if (answer.status === 403) return renew();
  if (answer.status !== 200) return;
  const revision = Number(answer.headers.get("X-Revision"));
  place.innerHTML = await answer.text();
  refresh(revision);
  /* while something is being typed or sent the change waits: the next answer brings it again */
  seen = known >= revision ? answer.headers.get("X-Seen") : "";
}

async function tick() {
  if (document.visibilityState === "visible" && navigator.onLine) {
    try {
      await ask();
      failures = Math.max(0, failures - 1);
    } catch {
      failures = Math.min(failures + 1, 5);
    }
  }
  if (Number.isFinite(failures)) setTimeout(tick, PAUSE * (1 + failures));
}

if (place) tick();
