/* The quote beside the number that the pointer or the focus is on. */

function showTip(cite) {
  const { exchange, source } = cite.dataset;
  const item = $(`.source[data-source="${CSS.escape(source)}"]`, stored(exchange) ?? document);
  if (!item) return;
  const box = tip();
  const title = Object.assign(document.createElement("span"), { className: "title" });
  title.textContent = $("h3 bdi", item).textContent;
  box.replaceChildren(title, `« ${$("mark", item).textContent} »`);
  box.hidden = false;
  const at = cite.getBoundingClientRect();
  const above = at.top - box.offsetHeight - 8;
  box.style.top = `${above > 0 ? above : at.bottom + 8}px`;
  box.style.left = `${Math.max(8, Math.min(at.left - 24, innerWidth - box.offsetWidth - 16))}px`;
  cite.setAttribute("aria-describedby", "tip");
}

function hideTip() {
  tip().hidden = true;
  for (const cite of $$("[aria-describedby='tip']")) cite.removeAttribute("aria-describedby");
}
