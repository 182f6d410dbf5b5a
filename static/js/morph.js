/* A region that is morphed (hx-ext="morph" hx-swap="morph") keeps what the reader is typing in it,
   and every form whose text has not reached the server yet. */
const unsaved = (node) => node instanceof Element && node.matches("form[data-unsaved]");

Idiomorph.defaults.ignoreActiveValue = true;
Idiomorph.defaults.callbacks.beforeNodeMorphed = (node) => !unsaved(node);
Idiomorph.defaults.callbacks.beforeNodeRemoved = (node) => !unsaved(node);
