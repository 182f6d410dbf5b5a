/* [data-offline] is shown while the browser has no network. */
function tell() {
  for (const note of document.querySelectorAll("[data-offline]")) note.hidden = navigator.onLine;
}
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
