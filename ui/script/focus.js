/* The focus outlives a redrawing: it goes to the button that took the place of the lost one. */

/* A selector that finds the same button again after it was drawn anew. */
function key(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const names = ["action", "exchange", "source", "document", "start", "place", "question"];
  const about = names.filter((name) => name in element.dataset);
  const scope = element.closest("#panel, .strip, .prose, .evidence, .actions, #opening");
  const within = scope && (scope.id ? `#${scope.id} ` : `.${scope.classList[0]} `);
  return about.length === 0
    ? ""
    : (within ?? "") +
        about.map((name) => `[data-${name}="${CSS.escape(element.dataset[name])}"]`).join("");
}

function focusOn(element) {
  element?.focus({ preventScroll: true });
  return Boolean(element);
}

function keepFocus() {
  const active = document.activeElement;
  const lost = !active || active === document.body || active.disabled || !active.checkVisibility();
  const last = state.focus;
  if (!lost || !last) return;
  const turned = ["#ask", "#stop"].includes(last.key); // they take each other's place
  if (turned) focusOn($("#stop:not(:disabled)") ?? $("#question textarea"));
  else if (!last.element.isConnected && last.key) focusOn($(last.key));
}
