/* dialog[data-palette]: finds among the links of the page marked data-find, by any part of a word,
   and shows what the server's search brings into #palette-found. */
const palette = document.querySelector("dialog[data-palette]");
const input = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let options = [];

function choose(index) {
  const at = (index + options.length) % (options.length || 1);
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
  options[at]?.scrollIntoView({ block: "nearest" });
  options[at] ? input.setAttribute("aria-activedescendant", options[at].id) : input.removeAttribute("aria-activedescendant");
}

function option(link, index) {
  const row = document.createElement("a");
  row.href = link.href;
  row.id = `palette-${index}`;
  row.className = "opt";
  row.tabIndex = -1;
  row.setAttribute("role", "option");
  row.append(...[...link.childNodes].filter((n) => !n.matches?.(".n")).map((n) => n.cloneNode(true)));
  return row;
}

function find() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  const links = [...document.querySelectorAll("[data-find]")];
  /* What the server found, it found by more than the words of the link. */
  const fits = (link) => "found" in link.dataset || words.every((word) => fold(link.textContent).includes(word));
  const hits = links.filter(fits);
  options = hits.slice(0, 12).map(option);
  list.replaceChildren(...options);
  palette.querySelector("[data-none]").hidden = options.length > 0;
  choose(0);
}

input?.addEventListener("input", find);
input?.addEventListener("focus", find);
document.addEventListener("htmx:afterSwap", ({ target }) => target.id === "palette-found" && find());
input?.addEventListener("keydown", (event) => {
  const at = options.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(at + step);
  else if (event.key === "Enter" && options[at]) options[at].click();
  else return;
  event.preventDefault();
});
