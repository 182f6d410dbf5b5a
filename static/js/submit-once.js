/* A second press of the same button before the first has been answered sends nothing: it would make
   a second row. Typing on in a text that saves itself has no button and is not held up. */
const LONGEST = 8000; /* ms: a plain form leads to another page before, or something is wrong */
const busy = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const { submitter, target: form } = event;
    if (!submitter || form.method === "get") return;
    if (busy.has(submitter)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    busy.add(submitter);
    form.addEventListener("htmx:afterRequest", () => busy.delete(submitter), { once: true });
    setTimeout(() => busy.delete(submitter), LONGEST);
  },
  true,
);

/* Back from the next page, which the browser may have kept as it was left. */
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const button of document.querySelectorAll("button")) busy.delete(button);
});
