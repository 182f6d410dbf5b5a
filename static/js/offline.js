/* [data-offline] is shown while the browser has no network; [data-offline-count] says how many
   changes wait: save-state.js tells. They go out by themselves when the network is back. */
let waiting = 0;

function tell() {
  for (const note of document.querySelectorAll("[data-offline]")) {
    note.hidden = navigator.onLine;
    const place = note.querySelector("[data-offline-count]");
    const { none, one, many } = place.dataset;
    place.textContent = waiting > 1 ? many.replace("{n}", waiting) : waiting ? one : none;
  }
}
addEventListener("online", tell);
addEventListener("offline", tell);
addEventListener("clave:waiting", ({ detail }) => {
  waiting = detail;
  tell();
});
tell();
